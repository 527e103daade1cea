// A small chart over the time of the programme, with the value on the date shown.
//   timeChart(parent, {title, bands: [{values, form: 'area' | 'line' | 'limit'}], read, height, width, whole})
// values has one number a period; read(period) says them in words; whole: only whole numbers have rules. A press on the
// chart sets the date.
const seen = new IntersectionObserver(entries => entries.forEach(entry => {
  entry.target.inSight = entry.isIntersecting
  if (entry.isIntersecting && entry.target.refresh) {
    entry.target.refresh()
  }
}))

function timeChart(parent, { title, bands, read, height = 104, width = 400, whole = false }) {
  const left = 38
  const bottom = 18
  const x = d3.scaleUtc(wholeTime, [left, width - 4])
  const most = Math.max(...bands.map(band => d3.max(band.values) || 0)) || 1
  const y = d3.scaleLinear([0, most], [height - bottom, 6]).nice(3)
  const svg = d3.create('svg').attr('viewBox', `0 0 ${width} ${height}`).attr('role', 'img').attr('aria-label', title)
  const values = y.ticks(3).filter(value => !whole || Number.isInteger(value))
  drawScales(svg, x, y, { left, width, height, bottom, values })
  for (const band of bands) {
    svg.append('path').attr('class', band.form).attr('d', outline(band, x, y))
  }
  const now = svg.append('line').attr('class', 'now').attr('y1', 4).attr('y2', height - bottom)
  const words = element('p.read')
  const chart = element('div.chart', [element('h3.name', title), words, svg.node()])
  let pointed = -1
  chart.refresh = () => {
    const at = pointed >= 0 ? pointed : shared.at
    now.attr('x1', x(dayAfter(at))).attr('x2', x(dayAfter(at)))
    words.textContent = read(Math.min(at, periods - 1))
  }
  const place = event => Math.max(0, Math.min(periods, Math.round(boundaryAt(x.invert(
    (event.clientX - svg.node().getBoundingClientRect().left) * width / svg.node().clientWidth)))))
  svg.on('pointermove', () => {
    pointed = place(d3.event)
    chart.refresh()
  }).on('pointerleave', () => {
    pointed = -1
    chart.refresh()
  }).on('click', () => setTime(place(d3.event)))
  on('time', () => chart.inSight && chart.refresh())
  seen.observe(chart)
  chart.refresh()
  parent.append(chart)
  return chart
}

// A rule for each of a few values and for the years.
function drawScales(svg, x, y, { left, width, height, bottom, values }) {
  const rule = (x1, x2, y1, y2) => svg.append('line').attr('class', 'rule')
    .attr('x1', x1).attr('x2', x2).attr('y1', y1).attr('y2', y2)
  for (const value of values) {
    rule(left, width - 4, y(value), y(value))
    svg.append('text').attr('x', left - 6).attr('y', y(value) + 4).attr('text-anchor', 'end')
      .text(value >= 10000 ? `${number(value / 1000)}k` : value === Math.round(value) ? number(value) : brief(value))
  }
  const years = x.ticks(d3.utcYear)
  const every = Math.ceil(years.length / (width / 52))
  years.filter((_, i) => i % every === 0).forEach(day => {
    svg.append('text').attr('x', x(day)).attr('y', height - 4).attr('text-anchor', 'start').text(day.getUTCFullYear())
    rule(x(day), x(day), height - bottom, height - bottom + 4)
  })
}

// Steps: each value holds for its period. Equal ones are drawn as one.
function outline({ values, form }, x, y) {
  const points = []
  for (let t = 0; t < values.length; t++) {
    if (t === 0 || values[t] !== values[t - 1]) {
      points.push([t, values[t]])
    }
  }
  points.push([Math.min(values.length, periods), values[values.length - 1]])
  const place = point => x(dayAfter(point[0]))
  return form === 'area'
    ? d3.area().x(place).y0(y(0)).y1(point => y(point[1])).curve(d3.curveStepAfter)(points)
    : d3.line().x(place).y(point => y(point[1])).curve(d3.curveStepAfter)(points)
}

const when = period => date(dayAfter(period))

// Rows of a label, a bar and a value: {label, from, value, most, text, fill, marks, strong}. Shares are of `most`.
function barRows(parent, rows) {
  const bars = element('div.bars')
  for (const row of rows) {
    const share = value => `${Math.max(0, Math.min(100, 100 * value / row.most))}%`
    const lane = element('div.lane')
    const fill = element(`div.fill${row.fill ? `.${row.fill}` : ''}`)
    fill.style.left = share(row.from || 0)
    fill.style.width = share(row.value)
    lane.append(fill)
    for (const mark of row.marks || []) {
      const line = element('div.mark')
      line.style.left = `calc(${share(mark)} - 1px)`
      lane.append(line)
    }
    const strong = row.strong ? '.strong' : ''
    bars.append(element(`div.label${strong}.name`, row.label), lane, element(`div.value${strong}`, row.text))
  }
  parent.append(bars)
}
