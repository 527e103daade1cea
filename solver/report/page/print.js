// On paper: the map at the end, one for each year, and the schedule by its groups, drawn when printing begins.
function paperCanvas(width, height, draw) {
  const canvas = element('canvas.paper')
  const scale = 2
  canvas.width = width * scale
  canvas.height = height * scale
  const context = canvas.getContext('2d')
  context.setTransform(scale, 0, 0, scale, 0, 0)
  draw(context)
  return canvas
}

const paperMap = (width, height, at) => paperCanvas(width, height, context => drawMap(context, makeView(width, height), at))

// In pieces that fit on a page each.
function paperGantt() {
  const { rows, open, transform, list, cursor } = gantt
  Object.assign(gantt, { open: new Set(), transform: d3.zoomIdentity, list: doneWorks, cursor: -1 })
  layRows()
  const pieces = []
  const shown = Math.min(gantt.rows.length, 120)
  for (let from = 0; from < shown; from += 24) {
    const height = Math.min(24, shown - from) * ROW
    pieces.push(paperCanvas(1060, 30 + height, context => {
      drawAxis(context, 1060)
      context.translate(0, 30)
      drawRows(context, { width: 1060, height }, from * ROW)
    }))
  }
  if (gantt.rows.length > shown) {
    pieces.push(element('p.note.paper', `${number(gantt.rows.length - shown)} more groups are not printed.`))
  }
  Object.assign(gantt, { rows, open, transform, list, cursor })
  return pieces
}

function startPrint() {
  let before = null
  addEventListener('beforeprint', () => {
    before = { theme: root.dataset.theme, at: shared.at }
    setTheme('light')
    setTime(periods)
    document.querySelectorAll('.chart').forEach(chart => chart.refresh && chart.refresh())
    if (links.id.length > 0) {
      updateLegend()
      find('#map .canvas').append(paperMap(900, 560, periods), element('p.note.paper', `On ${date(dayBefore(periods))}`))
      find('#print-maps .figures').replaceChildren(...data.years.map(year => element('figure', [
        element('figcaption', String(year.year)), paperMap(640, 310, Math.max(0, year.end - 1))])))
    }
    find('#works .gantt').append(...paperGantt())
    const years = find('#money .years table')
    find('.paper-years').replaceChildren(...(years && !isMakespan ? [years.cloneNode(true)] : []))
  })
  addEventListener('afterprint', () => {
    document.querySelectorAll('#map .paper, #works .paper').forEach(part => part.remove())
    find('.paper-years').replaceChildren()
    setTheme(before.theme)
    setTime(before.at)
  })
}
