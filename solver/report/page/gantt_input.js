// The schedule on the screen: grouping, search, zoom, keys, choice.
const ganttScroll = find('.gantt .scroll')
const ganttCanvas = find('.gantt .spacer canvas')

function drawGanttNow() {
  const width = ganttScroll.clientWidth
  const height = Math.min(ganttScroll.clientHeight, gantt.rows.length * ROW)
  ganttCanvas.style.height = `${height}px`
  const context = fitCanvas(ganttCanvas, width, height)
  find('.gantt .axis').style.width = `${width}px`
  const axis = fitCanvas(find('.gantt .axis'), width, 30)
  if (context && axis) {
    const last = gantt.rows.length * ROW - height
    drawRows(context, { width, height }, Math.max(0, Math.min(ganttScroll.scrollTop, last)))
    drawAxis(axis, width)
  }
}
const drawGantt = oncePerFrame(drawGanttNow, ganttScroll)

function relay() {
  layRows()
  find('.gantt .spacer').style.height = `${gantt.rows.length * ROW}px`
  ganttScroll.classList.toggle('short', gantt.rows.length * ROW < 400)
  const count = gantt.list.length
  find('#found').textContent = count === doneWorks.length ? `${number(count)} ${several(count, 'work')}`
    : `${number(count)} of ${number(doneWorks.length)} works`
  drawGantt()
}

function scrollToRow(i) {
  const top = i * ROW
  if (top < ganttScroll.scrollTop || top + ROW > ganttScroll.scrollTop + ganttScroll.clientHeight) {
    ganttScroll.scrollTop = Math.max(0, top - ganttScroll.clientHeight / 3)
  }
}

// Opens the groups of these works and goes to the first of them.
function showInGantt(list) {
  if (!gantt.list.includes(list[0])) {
    find('#find').value = ''
    gantt.list = doneWorks
  }
  list.forEach(work => gantt.open.add(gantt.grouping.of(work)))
  relay()
  gantt.cursor = gantt.rows.findIndex(row => row.work === list[0])
  scrollToRow(gantt.cursor)
  if (document.activeElement.closest('#map, #left-out, #risk')) {
    find('#works').scrollIntoView()
  }
}

function rowText({ group, work }) {
  if (work < 0) {
    return `${group.label}: ${number(group.works.length)} ${several(group.works.length, 'work')}`
  }
  const cost = works.cost[work] > 0 ? `, ${brief(works.cost[work])} M ${currency}` : ''
  return `${nameOf(works, work)}\n${span(work)}\n${kindNames[works.kind[work]]}, ${spaced(works.mode[work])}${cost}`
}

function useRow(row) {
  if (row.work >= 0) {
    chooseWork(row.work)
  } else if (!gantt.open.delete(row.group.label)) {
    gantt.open.add(row.group.label)
  }
  relay()
}

function startGanttTools() {
  const select = find('#group')
  groupings.forEach((grouping, i) => select.append(element('option', grouping.name, { value: String(i) })))
  select.addEventListener('change', () => {
    gantt.grouping = groupings[Number(select.value)]
    gantt.open.clear()
    gantt.cursor = -1
    ganttScroll.scrollTop = 0
    relay()
  })
  find('#find').addEventListener('input', event => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean)
    gantt.list = words.length === 0 ? doneWorks
      : doneWorks.filter(work => words.every(word => searchText(work).includes(word)))
    gantt.open.clear()
    if (words.length > 0 && gantt.list.length <= 200) {
      gantt.list.forEach(work => gantt.open.add(gantt.grouping.of(work)))
    }
    ganttScroll.scrollTop = 0
    relay()
  })
  find('#open-all').addEventListener('click', () => {
    gantt.list.forEach(work => gantt.open.add(gantt.grouping.of(work)))
    relay()
  })
  find('#close-all').addEventListener('click', () => {
    gantt.open.clear()
    relay()
  })
}

function startGanttZoom() {
  const zoom = d3.zoom().scaleExtent([1, 80])
    .filter(() => (d3.event.type === 'wheel' ? d3.event.ctrlKey || d3.event.shiftKey : !d3.event.button))
    .extent(() => [[labelWidth(ganttCanvas.clientWidth), 0], [ganttCanvas.clientWidth, 100]])
    .translateExtent([[0, -Infinity], [Infinity, Infinity]])
    .on('start', () => {
      const width = ganttCanvas.clientWidth
      zoom.translateExtent([[labelWidth(width), -Infinity], [width, Infinity]])
    })
    .on('zoom', () => {
      gantt.transform = d3.event.transform
      drawGantt()
    })
  const canvas = d3.select(ganttCanvas).call(zoom).on('dblclick.zoom', null)
  // Around the date shown, where it is in sight.
  function by(factor) {
    const width = ganttCanvas.clientWidth
    const now = scaleFor(width)(dayAfter(shared.at))
    const around = now > labelWidth(width) && now < width ? [now, 0] : undefined
    if (factor === 0) {
      canvas.call(zoom.transform, d3.zoomIdentity)
    } else {
      canvas.call(zoom.scaleBy, factor, around)
    }
  }
  find('#gantt-in').addEventListener('click', () => by(2))
  find('#gantt-out').addEventListener('click', () => by(0.5))
  find('#gantt-all').addEventListener('click', () => by(0))
}

function startGanttKeys() {
  ganttScroll.addEventListener('keydown', event => {
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -15, PageDown: 15, Home: -Infinity, End: Infinity }[event.key]
    const row = gantt.rows[gantt.cursor]
    if (step !== undefined) {
      gantt.cursor = Math.max(0, Math.min(gantt.rows.length - 1, gantt.cursor + step))
      scrollToRow(gantt.cursor)
      find('#row').textContent = gantt.rows[gantt.cursor] ? rowText(gantt.rows[gantt.cursor]) : ''
      drawGantt()
    } else if (row && (event.key === 'Enter' || event.key === ' ')) {
      useRow(row)
    } else if (event.key === 'Escape') {
      chooseWork(-1)
    } else {
      return
    }
    event.preventDefault()
  })
}

function startGantt() {
  startGanttTools()
  startGanttZoom()
  startGanttKeys()
  // The canvas stays where the rows are seen, so its own height is the part in sight.
  const rowAt = event => Math.floor((event.offsetY + ganttScroll.scrollTop) / ROW)
  ganttCanvas.addEventListener('click', event => {
    gantt.cursor = rowAt(event)
    if (gantt.rows[gantt.cursor]) {
      useRow(gantt.rows[gantt.cursor])
    }
  })
  ganttCanvas.addEventListener('pointermove', event => {
    const row = gantt.rows[rowAt(event)]
    ganttCanvas.title = row ? rowText(row) : ''
  })
  const kinds = [...new Set(doneWorks.map(work => works.kind[work]))].sort()
  find('.kinds').append(
    ...kinds.map(kind => element('span', [sample(`kind-${Object.keys(KIND)[kind]}`, 10, null), kindNames[kind]])),
    element('span', 'Full colour: the line is closed; pale: it stays open in part; thin: the work rests, as in winter'))
  ganttScroll.addEventListener('scroll', drawGantt)
  on('time', drawGantt)
  on('choice', drawGantt)
  onTheme(drawGantt)
  new ResizeObserver(drawGantt).observe(ganttScroll)
  if (groupings[0].name === 'nothing') {
    gantt.open.add('All works')
  }
  relay()
}
