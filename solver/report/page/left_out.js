// Works that the plan leaves out, those closest to paying first.
function drawLeftOut() {
  const section = find('#left-out')
  const rows = data.explain.left_out || []
  section.hidden = rows.length === 0
  if (rows.length === 0) {
    return
  }
  find('.say', section).textContent = summary(rows)
  leftByKind(find('.kinds-left', section), rows)
  const unit = `M ${currency}`
  listTable(find('.works-left', section), {
    caption: 'Work by work, those closest to paying first',
    rows,
    first: 15,
    columns: [
      { head: 'Work', name: true, cell: row => workButton(workById.get(row.id)) },
      { head: 'Kind', cell: row => kindNames[works.kind[workById.get(row.id)]] },
      { head: 'Km', value: row => works.km[workById.get(row.id)] || null, digits: 0 },
      { head: `Gains, ${unit}`, value: gainOf, digits: 1 },
      { head: `Costs, ${unit}`, value: row => row.cost, digits: 1 },
      { head: `Gangs, money and supplies of others, ${unit}`, value: needOf, digits: 1, blank: true },
      { head: `Balance, ${unit}`, value: row => row.worth, digits: 1, signed: true },
      { head: 'Why', cell: row => `${whyNames[whyOf(row)]}${whyOf(row) === WHY.NEEDS ? dearest(row) : ''}.` },
    ],
  })
}

const gainOf = row => (row.traffic === undefined ? null : row.traffic + row.targets + row.precedence)
const needOf = row => (row.traffic === undefined ? null : row.gangs + row.windows)
const dearest = row => (row.dearest ? `, most of it for ${clean(row.dearest)}` : '')

const WHY = { TAKEN: 0, UNPLACED: 1, EVEN: 2, NEEDS: 3, COSTS: 4, LATE: 5 }
const whyNames = ['Would pay; others have its gangs or money', 'Would pay; no place was found', 'Just breaks even',
  'Gains less than it needs', 'Gains less than it costs', 'Cannot be done in time']
const whySaid = ['would pay, but others that pay more have their gangs or money', 'would pay, but no place was found for them',
  'just break even', 'gain less than the gangs, money and supplies that they would take from others', 'gain less than they cost',
  'cannot be done in time']

function whyOf(row) {
  if (row.traffic === undefined) {
    return WHY.LATE
  }
  if (row.worth > 0.05) {
    return needOf(row) > 0.05 ? WHY.TAKEN : WHY.UNPLACED
  }
  return row.worth > -0.05 ? WHY.EVEN : gainOf(row) < row.cost ? WHY.COSTS : WHY.NEEDS
}

function summary(rows) {
  const counts = whySaid.map((said, why) => ({ said, count: rows.filter(row => whyOf(row) === why).length }))
    .filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  const met = data.targets.length > 0 && data.targets.every(isMet) ? ' Every target is met without them.' : ''
  return `${number(rows.length)} of ${number(programme.works)} works are left out.${met} Of them `
    + `${listed(counts.map(({ said, count }) => `${number(count)} ${said}`))}.`
}

function leftByKind(parent, rows) {
  const kinds = d3.nest().key(row => works.kind[workById.get(row.id)]).sortKeys(d3.ascending).entries(rows)
  const total = (values, of) => d3.sum(values, row => of[workById.get(row.id)])
  listTable(parent, {
    caption: 'By kind of work',
    rows: kinds,
    columns: [
      { head: 'Kind', cell: ({ key }) => kindNames[key] },
      { head: 'Works left out', value: ({ values }) => values.length },
      { head: 'Km', value: ({ values }) => total(values, works.km), blank: true },
      { head: `They would cost, M ${currency}`, value: ({ values }) => total(values, works.cost) },
    ],
  })
}
