// Works that the plan leaves out, those closest to paying first.
function drawLeftOut() {
  const section = find('#left-out')
  const rows = data.explain.left_out || []
  section.hidden = rows.length === 0
  if (rows.length === 0) {
    return
  }
  listTable(find('.table', section), {
    caption: `${number(rows.length)} works`,
    rows,
    first: 15,
    columns: [
      { head: 'Work', name: true, cell: row => workButton(workById.get(row.id)) },
      { head: 'Kind', cell: row => kindNames[works.kind[workById.get(row.id)]] },
      { head: 'Km', value: row => works.km[workById.get(row.id)] || null, digits: 0 },
      { head: 'Worth', value: row => row.worth, digits: 1, signed: true },
      { head: 'Traffic', value: row => row.traffic, digits: 1, blank: true },
      { head: 'Targets', value: row => row.targets, digits: 1, blank: true },
      { head: 'Others', value: row => row.precedence, digits: 1, blank: true },
      { head: 'Cost', value: row => row.cost, digits: 1 },
      { head: 'Gangs', value: row => row.gangs, digits: 1, blank: true },
      { head: 'Budgets', value: row => row.windows, digits: 1, blank: true },
      { head: 'Why', cell: reason },
    ],
  })
}

function reason(row) {
  const dear = row.dearest ? `, most of it for ${clean(row.dearest)}` : ''
  if (row.traffic === undefined) {
    return 'Cannot be done in time.'
  }
  if (row.worth > 0.05) {
    return row.gangs + row.windows > 0.05 ? 'Would pay; others have its gangs or money.' : 'Would pay; no place was found.'
  }
  if (row.worth > -0.05) {
    return `Just breaks even${dear}.`
  }
  const gain = row.traffic + row.targets + row.precedence
  return gain < row.cost ? 'Gains less than it costs.' : `Gains less than it needs${dear}.`
}
