// The map on the screen: zoom, keys, pointing at a line.
function startMap() {
  const canvas = find('#map canvas')
  let view = null
  let size = ''
  const zoom = d3.zoom().scaleExtent([0.25, 60]).on('zoom', () => {
    view.transform = d3.event.transform
    draw()
  })

  function drawNow() {
    const context = fitCanvas(canvas)
    if (!context) {
      return
    }
    if (size !== `${canvas.clientWidth} ${canvas.clientHeight}`) {
      const transform = view ? view.transform : d3.zoomIdentity
      size = `${canvas.clientWidth} ${canvas.clientHeight}`
      view = makeView(canvas.clientWidth, canvas.clientHeight)
      view.transform = transform
    }
    drawMap(context, view, shared.at, mapColour)
  }
  const draw = oncePerFrame(drawNow, canvas)

  drawNow()
  d3.select(canvas).call(zoom).on('dblclick.zoom', null)
  for (const button of document.querySelectorAll('#map .zoom button')) {
    button.addEventListener('click', () => zoomBy(Number(button.dataset.zoom)))
  }
  function zoomBy(factor) {
    const chosen = d3.select(canvas)
    chosen.call(factor === 0 ? zoom.transform : zoom.scaleBy, factor === 0 ? d3.zoomIdentity : factor)
  }
  canvas.addEventListener('keydown', event => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key]
    const factor = { '+': 1.5, '=': 1.5, '-': 1 / 1.5, 0: 0 }[event.key]
    if (step) {
      d3.select(canvas).call(zoom.translateBy, step[0] / view.transform.k, step[1] / view.transform.k)
    } else if (factor !== undefined) {
      zoomBy(factor)
    } else if (event.key === 'Escape') {
      chooseLink(-1)
    } else {
      return
    }
    event.preventDefault()
  })
  pointAt(canvas, () => view)
  on('time', draw)
  on('choice', draw)
  onTheme(draw)
  mapColourListeners.push(draw)
  new ResizeObserver(draw).observe(canvas)
}

// The link that passes nearest to a point of the canvas, or -1.
function nearestLink(view, px, py) {
  const { k, x, y } = view.transform
  const at = [(px - x) / k, (py - y) / k]
  let best = 9 / k
  let found = -1
  view.points.forEach((points, segment) => {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const distance = distanceTo(at, points, i)
      if (distance < best) {
        best = distance
        found = segments.link[segment]
      }
    }
  })
  return found
}

function distanceTo([x, y], points, i) {
  const dx = points[i + 2] - points[i]
  const dy = points[i + 3] - points[i + 1]
  const length = dx * dx + dy * dy
  const share = length > 0 ? Math.max(0, Math.min(1, ((x - points[i]) * dx + (y - points[i + 1]) * dy) / length)) : 0
  return Math.hypot(x - points[i] - share * dx, y - points[i + 1] - share * dy)
}

function pointAt(canvas, viewNow) {
  const tip = find('#map .tip')
  let place = null
  const show = oncePerFrame(() => {
    const link = place ? nearestLink(viewNow(), place[0], place[1]) : -1
    canvas.classList.toggle('over', link >= 0)
    tip.hidden = link < 0
    if (link >= 0) {
      tip.replaceChildren(...describeLink(link, shared.at))
      tip.style.left = `${Math.max(4, Math.min(place[0] + 16, canvas.clientWidth - tip.offsetWidth - 6))}px`
      const below = place[1] + 18 + tip.offsetHeight <= canvas.clientHeight
      tip.style.top = `${below ? place[1] + 16 : Math.max(4, place[1] - tip.offsetHeight - 12)}px`
    }
  })
  canvas.addEventListener('pointermove', event => {
    place = event.buttons ? null : [event.offsetX, event.offsetY]
    show()
  })
  canvas.addEventListener('pointerleave', () => {
    place = null
    show()
  })
  canvas.addEventListener('click', event => {
    const view = viewNow()
    chooseLink(nearestLink(view, event.offsetX, event.offsetY))
    place = event.pointerType === 'mouse' ? [event.offsetX, event.offsetY] : null
    show()
  })
}
