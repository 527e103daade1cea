// What one more gang, million or Mt a year is worth, at the prices of the bound.
function drawPrices() {
  const section = find('#prices')
  const prices = data.explain.prices
  section.hidden = !prices
  if (!prices) {
    return
  }
  const tables = find('.tables', section)
  const least = 0.005
  const gangs = prices.gangs.filter(row => row.total >= least)
  const supplies = prices.windows.filter(row => row.one_percent >= least)
  const lines = prices.links.filter(row => row.total >= least)
  const targets = prices.targets.filter(row => row.price > 0)
  if (gangs.length + supplies.length + lines.length + targets.length === 0) {
    tables.append(element('p.note', 'This plan has no prices: its solve ended before the first were found.'))
  }
  gangTable(tables, gangs)
  supplyTable(tables, supplies)
  lineTable(tables, lines)
  targetTable(tables, targets)
}

const byYear = (rows, digits) => (rows.length === 0 ? [] : Object.keys(rows[0].by_year).sort().map(year =>
  ({ head: year, value: row => row.by_year[year], digits, heat: true })))

function priceTable(tables, rows, caption, columns) {
  if (rows.length > 0) {
    const place = element('div')
    tables.append(place)
    listTable(place, { caption, rows, columns, first: 10 })
  }
}

function gangTable(tables, rows) {
  priceTable(tables, rows, 'One more gang or machine, all of a year, or every year', [
    { head: 'Gang or machine', cell: row => sentence(clean(row.name)), name: true },
    ...byYear(rows, 1),
    { head: 'All years', value: row => row.total, digits: 1 },
    { head: 'Dearest from', cell: row => isoDate(row.dearest_period), date: true },
  ])
}

function supplyTable(tables, rows) {
  priceTable(tables, rows, 'A million more in a budget, a unit more in a supply', [
    { head: 'Budget or supply', cell: row => sentence(clean(row.name)), name: true },
    { head: 'From', cell: row => isoDate(row.from), date: true },
    { head: 'To', cell: row => isoDate(row.to), date: true },
    { head: 'Limit', value: row => row.limit },
    { head: 'Unit', cell: row => clean(row.unit) },
    { head: 'One unit more', cell: row => row.one_more },
    { head: '1 % more', value: row => row.one_percent, digits: 2 },
  ])
}

function lineTable(tables, rows) {
  priceTable(tables, rows, 'One Mt a year more on a line, each way, in one year or for good', [
    { head: 'Line', name: true, cell: row => linkButton(row) },
    ...byYear(rows, 1),
    { head: 'After', value: row => row.after, digits: 1 },
    { head: 'For good', value: row => row.total, digits: 1 },
  ])
}

function targetTable(tables, rows) {
  priceTable(tables, rows, 'A km less asked by a target', [
    { head: 'Target', cell: row => clean(row.id), name: true },
    { head: 'A km less', value: row => row.price, digits: 3 },
    { head: 'A km missed costs', value: row => row.shortfall_cost, digits: 1 },
  ])
}
