// What the plan is worth, term by term, and money and km over time.
function drawMoney() {
  const section = find('#money')
  section.hidden = isMakespan
  if (isMakespan) {
    return
  }
  find('.say', section).textContent = sayGap()
  drawTerms(find('.terms', section))
  drawYears(find('.years', section))
  const charts = find('.charts', section)
  const value = Float32Array.from(data.money.traffic_value)
  const paid = Float32Array.from(data.money.cash)
  timeChart(charts, {
    title: `Traffic value, M ${currency} a year`,
    bands: [{ values: value, form: 'area' }],
    read: t => `${when(t)}: ${millions(value[t])} a year`,
    height: 130,
  })
  const sum = Float32Array.from(cumulate(paid))
  timeChart(charts, {
    title: `Paid for works so far, M ${currency}`,
    bands: [{ values: sum, form: 'area' }],
    read: t => `${when(t)}: ${millions(sum[t])} of ${millions(sum[sum.length - 1])}`,
    height: 130,
  })
  const rate = smooth(paid).map(amount => amount * 30.44 / programme.period_days)
  timeChart(charts, {
    title: `Paid for works, M ${currency} a month`,
    bands: [{ values: rate, form: 'area' }],
    read: t => `${when(t)}: ${number(rate[t])} M ${currency} a month`,
    height: 130,
  })
}

// What the gap is, in words.
function sayGap() {
  const gap = Math.abs(programme.bound - programme.value)
  if (programme.outcome === 'optimal') {
    return 'The plan is proven to be the best.'
  }
  return `No plan is worth more than ${money(programme.bound)}; that is proven, and was checked again for this page. The ${money(gap)} `
    + 'between is what a better plan could gain at most. Part of it no plan can gain, because in the proof works may be done in '
    + 'parts and lines closed a little at a time.'
}

function cumulate(values) {
  let total = 0
  return Array.from(values, value => (total += value))
}

// Means over about four weeks around each period.
function smooth(values) {
  const reach = Math.max(0, Math.round(14 / programme.period_days))
  return values.map((_, t) => d3.mean(values.slice(Math.max(0, t - reach), t + reach + 1)))
}

function drawTerms(parent) {
  const { terms, value, bound } = programme
  const income = terms.traffic + terms.terminal
  const most = Math.max(income, bound) * 1.01
  const rows = [
    { label: 'Traffic in the programme', value: terms.traffic, text: number(terms.traffic) },
    { label: `Traffic in the ${number(programme.terminal_years)} years after`, from: terms.traffic,
      value: terms.terminal, text: `+${number(terms.terminal)}` },
  ]
  let left = income
  for (const [label, amount] of [['Works', terms.cost], ['Tardiness', terms.tardiness], ['Targets missed', terms.shortfall]]) {
    left -= amount
    rows.push({ label, from: left, value: amount, text: amount >= 0.5 ? `−${number(amount)}` : '0', fill: 'minus' })
  }
  rows.push({ label: 'Value of the plan', value, text: number(value), fill: 'whole', marks: [bound], strong: true },
    { label: 'No plan is worth more than', value: 0, marks: [bound], text: number(bound) })
  parent.append(element('h3', `Value, M ${currency}, discounted at ${number(100 * programme.discount_rate, 1)} % a year`))
  barRows(parent, rows.map(row => ({ ...row, most })))
}

function drawYears(parent) {
  listTable(parent, {
    caption: 'Year by year, not discounted',
    rows: data.years,
    columns: [
      { head: 'Year', cell: year => String(year.year) },
      { head: 'Works finished', value: year => year.finished },
      ...[['Repaired, km', 0], ['Built, km', 1], ['Upgraded, km', 2]]
        .filter(([, kind]) => data.years.some(year => year.km[kind] > 0))
        .map(([head, kind]) => ({ head, value: year => year.km[kind] })),
      { head: `Paid, M ${currency}`, value: year => year.paid },
      { head: `Traffic value, M ${currency}`, value: year => year.traffic },
      // Years have 51 to 53 weeks: as a rate they can be compared.
      { head: 'Freight, Mt a year', value: year => year.delivered / ((year.end - year.begin) * programme.period_days / 365.25), digits: 1 },
    ],
  })
}
