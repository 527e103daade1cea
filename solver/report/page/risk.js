// How sure the dates are, where ganger risk has told: quantiles, chances, works that decide.
function drawRisk() {
  const section = find('#risk')
  const risk = data.risk
  section.hidden = !risk
  if (!risk) {
    return
  }
  find('.say', section).textContent = `From ${number(risk.samples)} ways in which the programme could turn out. `
    + 'A date at 80 % is one that 80 of 100 of them keep.'
  const dates = find('.dates', section)
  const rows = risk.targets.map(target => ({ ...target, label: clean(target.target) }))
  if (risk.finish) {
    rows.push({ ...risk.finish, label: 'Last work finished' })
  }
  listTable(dates, {
    caption: 'Dates',
    rows,
    columns: [
      { head: 'What', cell: row => row.label, name: true },
      { head: 'Due', cell: row => isoDate(row.date), date: true },
      ...['p50', 'p80', 'p95'].map(key => ({ head: `${key.slice(1)} %`, cell: row => isoDate(row[key]), date: true })),
      { head: 'On time', value: row => (row.probability === undefined ? null : 100 * row.probability), unit: ' %' },
    ],
  })
  drawCritical(find('.critical', section), risk)
}

function drawCritical(parent, risk) {
  const rows = risk.works.filter(row => row.share > 0).sort((a, b) => b.share - a.share)
  if (rows.length === 0) {
    return
  }
  listTable(parent, {
    caption: 'Works that decide the end most often',
    rows,
    first: 12,
    columns: [
      { head: 'Work', name: true, cell: row => (workById.has(row.work) ? workButton(workById.get(row.work)) : clean(row.name || row.work)) },
      { head: 'Of the samples', value: row => 100 * row.share, unit: ' %', heat: true },
    ],
  })
}
