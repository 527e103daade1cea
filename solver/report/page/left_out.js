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
      { head: 'Traffic', value: row => row.traffic, digits: 1 },
      { head: 'Targets', value: row => row.targets, digits: 1 },
      { head: 'Others', value: row => row.precedence, digits: 1 },
      { head: 'Cost', value: row => row.cost, digits: 1 },
      { head: 'Gangs', value: row => row.gangs, digits: 1 },
      { head: 'Budgets', value: row => row.windows, digits: 1 },
      { head: 'Why', cell: reason },
    ],
  })
}

function reason(row) {
  const dear = row.dearest ? `, most of it for ${clean(row.dearest)}` : ''
  if (row.traffic === undefined) {
    return 'It cannot be done in time.'
  }
  if (row.worth > 0.05) {
    return row.gangs + row.windows > 0.05 ? 'At these prices it would pay: its gangs or money have other work.'
      : 'At these prices it would pay: the search found no place for it.'
  }
  if (row.worth > -0.05) {
    return `It just pays for itself${dear}.`
  }
  const gain = row.traffic + row.targets + row.precedence
  return gain < row.cost ? 'It gains less than it costs.' : `It gains less than cost and gangs together${dear}.`
}
