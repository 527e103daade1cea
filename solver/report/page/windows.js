// Budgets and supplies, window by window.
function drawWindows() {
  const section = find('#windows')
  section.hidden = data.windows.length === 0
  const byResource = d3.nest().key(window => window.resource).entries(data.windows)
  byResource.sort((a, b) => (Number(b.key) === data.resources.budget) - (Number(a.key) === data.resources.budget))
  for (const { key, values } of byResource) {
    const unit = unitOf(Number(key))
    const title = `${sentence(nameOf(data.resources, Number(key)))}, ${several(2, unit)}`
    const block = element('div.chart', element('h3.name', title))
    // Windows about as long as each other have one scale: several years together would dwarf the single ones.
    const like = window => values.filter(other => Math.abs(Math.log((other.to - other.from) / (window.to - window.from))) < 0.4)
    barRows(block, values.map(window => ({
      label: windowLabel(window),
      value: window.used,
      most: 1.04 * d3.max(like(window), other => Math.max(other.limit, other.used)) || 1,
      marks: [window.limit],
      text: `${number(window.used)} of ${number(window.limit)}`,
    })))
    find('.charts', section).append(block)
  }
}

// A year where the window is about one, else its dates.
function windowLabel({ from, to }) {
  const first = dayAfter(from)
  const last = dayBefore(to)
  const days = (last - first) / dayLength
  const middle = new Date((first.getTime() + last.getTime()) / 2)
  if (days > 340 && days < 380) {
    return String(middle.getUTCFullYear())
  }
  return from <= 0 ? `to ${date(last)}` : `${monthStyle.format(first)} – ${monthStyle.format(last)}`
}
