// The schedule: rows of groups and works on a canvas that draws what is in sight.
const ROW = 24
const gantt = { grouping: groupings[0], list: doneWorks, open: new Set(), rows: [], cursor: -1, transform: d3.zoomIdentity }
const timeScale = d3.scaleUtc().domain(wholeTime)

function layRows() {
  gantt.rows = []
  for (const group of groupWorks(gantt.grouping, gantt.list)) {
    gantt.rows.push({ group, work: -1 })
    if (gantt.open.has(group.label)) {
      group.works.forEach(work => gantt.rows.push({ group, work }))
    }
  }
  gantt.cursor = Math.min(gantt.cursor, gantt.rows.length - 1)
}

const labelWidth = width => Math.round(width < 600 ? width * 0.46 : Math.min(440, width * 0.3))
const scaleFor = width => gantt.transform.rescaleX(timeScale.copy().range([labelWidth(width), width - 12]))

function fitText(context, text, room) {
  if (context.measureText(text).width <= room) {
    return text
  }
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) {
      low = middle
    } else {
      high = middle - 1
    }
  }
  return `${text.slice(0, low)}…`
}

// A bar, thin where the work rests; pale where the line stays open for some trains.
function drawBar(context, scale, work, top, height, plain = false) {
  const edge = boundary => scale(dayAfter(boundary))
  const start = works.start[work]
  const finish = works.finish[work]
  context.fillStyle = colours.kind[works.kind[work]]
  context.globalAlpha = works.factor[work] > 0 ? 0.62 : 1
  const left = edge(start)
  const right = edge(finish)
  if (plain || works.calendar[work] < 0 || right - left < 12) {
    context.fillRect(left, top, Math.max(1.5, right - left), height)
  } else {
    for (let from = start; from < finish;) {
      const rests = productivity(work, from) === 0
      let to = from + 1
      while (to < finish && (productivity(work, to) === 0) === rests) {
        to++
      }
      const thin = rests ? Math.max(1, height / 6) : height
      context.fillRect(edge(from), top + (height - thin) / 2, Math.max(1, edge(to) - edge(from)), thin)
      from = to
    }
  }
  context.globalAlpha = 1
  if (work === shared.work || (shared.work < 0 && shared.link >= 0 && linkOf(work) === shared.link)) {
    context.strokeStyle = colours.ink
    context.lineWidth = 1.6
    context.strokeRect(left - 1, top - 1, Math.max(3, right - left + 2), height + 2)
  }
}

function drawGrid(context, scale, size, from) {
  context.fillStyle = colours.rule
  for (const day of scale.ticks(Math.max(3, (size.width - from) / 110))) {
    const x = Math.round(scale(day))
    if (x >= from) {
      context.fillRect(x, 0, 1, size.height)
    }
  }
}

function drawNowLine(context, scale, size, from) {
  const x = scale(dayAfter(shared.at))
  if (x >= from) {
    context.fillStyle = colours.now
    context.fillRect(x - 0.75, 0, 1.5, size.height)
  }
}

function drawRow(context, scale, row, top, size) {
  const from = labelWidth(size.width)
  context.save()
  context.beginPath()
  context.rect(from, top, size.width - from, ROW)
  context.clip()
  if (row.work >= 0) {
    drawBar(context, scale, row.work, top + 5, ROW - 10)
  } else {
    const lanes = gantt.open.has(row.group.label) ? [] : row.group.works
    context.fillStyle = colours.rule
    const left = scale(dayAfter(row.group.start))
    context.fillRect(left, top + ROW / 2 - 1, scale(dayAfter(row.group.finish)) - left, 2)
    // Among many works in one row, single rests cannot be seen.
    lanes.forEach(work => drawBar(context, scale, work, top + 6, ROW - 12, lanes.length > 60))
  }
  context.restore()
  drawLabel(context, row, top, from)
}

function drawLabel(context, row, top, room) {
  const heading = row.work < 0
  context.font = `${heading ? '600 ' : ''}13px system-ui, "Liberation Sans", "DejaVu Sans", sans-serif`
  context.textBaseline = 'middle'
  context.fillStyle = heading ? colours.ink : colours.soft
  const left = heading ? 26 : 38
  if (heading) {
    context.beginPath()
    const [x, y] = [15, top + ROW / 2]
    const points = gantt.open.has(row.group.label) ? [[-4, -2], [4, -2], [0, 4]] : [[-2, -4], [4, 0], [-2, 4]]
    points.forEach(([dx, dy], i) => (i ? context.lineTo(x + dx, y + dy) : context.moveTo(x + dx, y + dy)))
    context.fill()
  }
  const count = heading ? number(row.group.works.length) : ''
  const countWidth = heading ? context.measureText(count).width + 14 : 8
  const name = heading ? row.group.label : nameOf(works, row.work)
  context.fillText(fitText(context, name, room - left - countWidth), left, top + ROW / 2 + 0.5)
  if (heading) {
    context.font = '13px system-ui, "Liberation Sans", "DejaVu Sans", sans-serif'
    context.fillStyle = colours.soft
    context.textAlign = 'right'
    context.fillText(count, room - 10, top + ROW / 2 + 0.5)
    context.textAlign = 'left'
  }
}

function drawRows(context, size, offset) {
  const scale = scaleFor(size.width)
  const from = labelWidth(size.width)
  const first = Math.max(0, Math.floor(offset / ROW))
  const last = Math.min(gantt.rows.length, Math.ceil((offset + size.height) / ROW))
  drawGrid(context, scale, size, from)
  for (let i = first; i < last; i++) {
    const top = i * ROW - offset
    if (i === gantt.cursor) {
      context.fillStyle = colours.wash
      context.fillRect(0, top, size.width, ROW)
    }
    drawRow(context, scale, gantt.rows[i], top, size)
  }
  drawNowLine(context, scale, size, from)
}

function drawAxis(context, width) {
  const scale = scaleFor(width)
  const from = labelWidth(width)
  context.font = '12px system-ui, "Liberation Sans", "DejaVu Sans", sans-serif'
  context.textBaseline = 'middle'
  const ticks = scale.ticks(Math.max(3, (width - from) / 110))
  for (const day of ticks) {
    const x = Math.round(scale(day))
    if (x < from) {
      continue
    }
    context.fillStyle = colours.rule
    context.fillRect(x, 0, 1, 30)
    context.fillStyle = colours.soft
    const text = day.getUTCMonth() === 0 && day.getUTCDate() === 1 ? String(day.getUTCFullYear())
      : day.getUTCDate() === 1 ? monthStyle.format(day) : date(day)
    if (x + 6 + context.measureText(text).width < width) {
      context.fillText(text, x + 6, 16)
    }
  }
  drawNowLine(context, scale, { width, height: 30 }, from)
}
