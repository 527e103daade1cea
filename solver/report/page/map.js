// The map: draws the network at a boundary on a canvas of any size, moved and zoomed by a transform.
const mostFlow = (() => {
  let most = 0
  states.there.forEach((there, link) => there.forEach((flow, frame) => {
    most = Math.max(most, flow + states.back[link][frame])
  }))
  return most
})()
const widthOf = flow => (mostFlow > 0 ? 1.3 + 7.7 * Math.sqrt(flow / mostFlow) : 2)
const flowWidth = (link, frame) => Math.round(2 * widthOf(states.there[link][frame] + states.back[link][frame])) / 2

// Roads and the like stay behind the railway.
const isRail = link => !links.facility[link] || links.facility[link] === 'rail'

// What is drawn the same way goes into one path.
function sortStrokes(at, by) {
  const frame = frameAt(at)
  const buckets = new Map()
  const closed = []
  for (let segment = 0; segment < segments.id.length; segment++) {
    const link = segments.link[segment]
    const state = segmentState(segment, at)
    const there = stands(segment, at)
    const width = there ? flowWidth(link, frame) : 0
    const other = (state === STATE.UNTOUCHED || by === 'corridor') && !isRail(link)
    const corridor = by === 'corridor' ? corridorOfLink[link] : null
    const key = `${corridor === null ? state : corridor} ${there} ${other} ${width}`
    if (!buckets.has(key)) {
      buckets.set(key, { state, corridor, there, other, width, list: [] })
    }
    buckets.get(key).list.push(segment)
    if (state === STATE.CLOSED && by === 'state') {
      closed.push(segment)
    }
  }
  const full = links.id.map((_, link) => link).filter(link => states.full[link][frame] === 1)
  return { buckets: [...buckets.values()].sort((a, b) => strokeRank(a) - strokeRank(b) || a.width - b.width), closed, full, frame }
}

// What matters more is drawn later.
const strokeRank = bucket => (bucket.corridor === null ? bucket.state : bucket.corridor < 0 ? -1 : -bucket.corridor + corridorColours)
const strokeColour = bucket => (bucket.corridor === null ? colours.state[bucket.state]
  : bucket.corridor < 0 ? colours.state[STATE.UNTOUCHED] : colours.corridor[bucket.corridor])

function trace(context, points, transform) {
  const { k, x, y } = transform
  for (let i = 0; i < points.length; i += 2) {
    const at = [points[i] * k + x, points[i + 1] * k + y]
    if (i === 0) {
      context.moveTo(at[0], at[1])
    } else {
      context.lineTo(at[0], at[1])
    }
  }
}

function strokeSegments(context, view, list) {
  context.beginPath()
  list.forEach(segment => trace(context, view.points[segment], view.transform))
  context.stroke()
}

// Lines at their full capacity have an edge around them.
function drawFull(context, view, strokes) {
  const byWidth = d3.nest().key(link => flowWidth(link, strokes.frame)).entries(strokes.full)
  context.strokeStyle = colours.full
  for (const { key, values } of byWidth) {
    context.lineWidth = Number(key) * view.scale + 3.4
    strokeSegments(context, view, values.flatMap(link => segmentsOfLink[link]))
  }
}

function drawLines(context, view, strokes) {
  for (const bucket of strokes.buckets) {
    const unplanned = !bucket.there && (bucket.state === STATE.UNTOUCHED || bucket.corridor !== null)
    context.strokeStyle = strokeColour(bucket)
    context.globalAlpha = unplanned || bucket.other ? 0.55 : 1
    context.lineWidth = (bucket.there ? bucket.width : 1.6) * view.scale
    context.setLineDash(bucket.state === STATE.CLOSED && bucket.corridor === null ? [7, 4] : bucket.there ? [] : [2, 4])
    strokeSegments(context, view, bucket.list)
  }
  context.globalAlpha = 1
  context.setLineDash([])
}

const middleOf = (points, { k, x, y }) => {
  const i = 2 * Math.floor(points.length / 4)
  const j = Math.min(i, points.length - 4)
  const inner = points.length > 4 ? [points[i], points[i + 1]]
    : [(points[j] + points[j + 2]) / 2, (points[j + 1] + points[j + 3]) / 2]
  return [inner[0] * k + x, inner[1] * k + y]
}

function drawCrosses(context, view, closed) {
  context.lineCap = 'round'
  for (const [colour, width] of [[colours.card, 5], [colours.state[STATE.CLOSED], 2.4]]) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    for (const segment of closed) {
      const [x, y] = middleOf(view.points[segment], view.transform)
      context.moveTo(x - 4.5, y - 4.5)
      context.lineTo(x + 4.5, y + 4.5)
      context.moveTo(x - 4.5, y + 4.5)
      context.lineTo(x + 4.5, y - 4.5)
    }
    context.stroke()
  }
  context.lineCap = 'butt'
}

// Nodes that matter most, by freight and kind, get names first; a name that would touch another is left out.
const nodeWeight = { hub: 3, border: 1.5, port: 1.5, dryport: 1.5, station: 0.6 }
const nodeRank = (() => {
  const through = new Float64Array(data.nodes.id.length)
  states.there.forEach((there, link) => {
    const flow = there[there.length - 1] + states.back[link][there.length - 1]
    through[links.from[link]] += flow
    through[links.to[link]] += flow
  })
  data.nodes.type.forEach((type, node) => {
    through[node] *= nodeWeight[type] || 1
  })
  return data.nodes.id.map((_, node) => node).sort((a, b) => through[b] - through[a])
})()

// Borders, ports and dry ports have shapes of their own, in white with an edge; other places are dots.
const markShapes = {
  border: [[0, -4.6], [4.6, 0], [0, 4.6], [-4.6, 0]],
  port: [[-3.6, -3.6], [3.6, -3.6], [3.6, 3.6], [-3.6, 3.6]],
  dryport: [[0, -4.8], [4.6, 3.4], [-4.6, 3.4]],
}
function drawMark(context, type, [x, y]) {
  const shape = markShapes[type]
  context.beginPath()
  if (shape) {
    shape.forEach(([dx, dy], i) => (i ? context.lineTo(x + dx, y + dy) : context.moveTo(x + dx, y + dy)))
    context.closePath()
    context.fillStyle = colours.card
    context.fill()
    context.strokeStyle = colours.ink
    context.lineWidth = 1.6
    context.stroke()
  } else {
    context.fillStyle = colours.ink
    context.arc(x, y, type === 'hub' ? 3.2 : 2.4, 0, 7)
    context.fill()
  }
}

// Gates of the country, also where there is no room for their names.
function drawGates(context, view) {
  const { k, x, y } = view.transform
  data.nodes.type.forEach((type, node) => {
    if (markShapes[type]) {
      drawMark(context, type, [view.nodes[node][0] * k + x, view.nodes[node][1] * k + y])
    }
  })
}

function drawNames(context, view) {
  const { k, x, y } = view.transform
  const taken = []
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.strokeStyle = colours.ground
  context.lineWidth = 3.5
  const most = Math.round(3 + view.width * view.height / 12000 * Math.sqrt(k))
  for (const node of nodeRank) {
    const at = [view.nodes[node][0] * k + x, view.nodes[node][1] * k + y]
    if (taken.length >= most) {
      break
    }
    if (at[0] < 0 || at[1] < 8 || at[0] > view.width || at[1] > view.height - 26) {
      continue
    }
    const name = nameOf(data.nodes, node).replace(/ *[(/].*/, '')
    const abroad = data.nodes.country[node] !== homeCountry
    context.font = `${abroad ? 'italic ' : ''}12px system-ui, "Liberation Sans", "DejaVu Sans", sans-serif`
    const width = context.measureText(name).width
    const left = at[0] + width + 12 > view.width ? at[0] - width - 7 : at[0] + 7
    const box = [left - 6, at[1] - 9, left + width + 6, at[1] + 9]
    if (taken.some(other => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) {
      continue
    }
    taken.push(box)
    drawMark(context, data.nodes.type[node], at)
    context.strokeStyle = colours.ground
    context.lineWidth = 3.5
    context.strokeText(name, left, at[1])
    context.fillStyle = abroad ? colours.soft : colours.ink
    context.fillText(name, left, at[1])
  }
}

function drawChosen(context, view) {
  if (shared.link < 0) {
    return
  }
  const list = shared.work >= 0 ? [works.segment[shared.work]] : segmentsOfLink[shared.link]
  context.strokeStyle = colours.accent
  context.globalAlpha = 0.4
  context.lineCap = 'round'
  context.lineWidth = 18
  strokeSegments(context, view, list)
  context.globalAlpha = 1
  context.lineCap = 'butt'
}

function makeView(width, height) {
  const projection = makeProjection(width, height)
  return { width, height, transform: d3.zoomIdentity, scale: Math.min(1, Math.max(0.55, width / 1100)),
    points: projectSegments(projection),
    nodes: data.nodes.id.map((_, node) => projection([data.nodes.lon[node], data.nodes.lat[node]])) }
}

function drawMap(context, view, at, by = 'state') {
  const strokes = sortStrokes(at, by)
  context.lineJoin = segments.id.length > 3000 ? 'bevel' : 'round'
  drawChosen(context, view)
  drawFull(context, view, strokes)
  drawLines(context, view, strokes)
  drawCrosses(context, view, strokes.closed)
  if (view.width > 600) {
    drawGates(context, view)
  }
  drawNames(context, view)
}
