// How sure the dates are, where ganger risk has told: dates, chances, works that decide.
function drawRisk() {
  const section = find('#risk')
  const risk = data.risk
  section.hidden = !risk
  if (!risk) {
    return
  }
  find('.say', section).textContent = `The plan was carried out ${number(risk.samples)} times: works took longer or shorter than `
    + 'planned, winters came early or late, and the order of works and their gangs stayed. Nobody planned anew when something was '
    + 'late, which a railway would: this judges how much delay the plan bears by itself.'
  find('.reserve', section).textContent = sayReserve()
  const rows = risk.targets.map(target => ({ ...target, label: sentence(riskName(target)) }))
  if (risk.finish) {
    rows.push({ ...risk.finish, label: 'All works' })
  }
  const any = key => rows.some(row => row[key] !== undefined && row[key] !== null)
  listTable(find('.dates', section), {
    caption: 'When it is reached',
    rows,
    columns: [
      { head: 'What', cell: row => row.label, name: true },
      { head: 'Due', cell: row => isoDate(row.date), date: true },
      ...(any('planned') ? [{ head: 'In the plan', cell: row => isoDate(row.planned), date: true }] : []),
      { head: 'In half of the cases by', cell: row => isoDate(row.p50), date: true },
      { head: 'In 80 of 100 by', cell: row => isoDate(row.p80), date: true },
      { head: 'In 95 of 100 by', cell: row => isoDate(row.p95), date: true },
      { head: 'In time, of 100', cell: row => (row.probability === undefined ? '–' : chance(row)), right: true },
      ...(any('shortfall_km') ? [{ head: 'Km missing on the day, on average', value: row => row.shortfall_km, digits: 0 }] : []),
    ],
  })
  drawCritical(find('.critical', section), risk)
}

// The days between a target and its date, which are all that a delay may use up.
function sayReserve() {
  const parts = data.targets.filter(target => target.reached && isMet(target)).map(target => {
    const days = Math.round((Date.parse(target.by) - Date.parse(target.reached)) / dayLength)
    const early = days < 1 ? 'on the very day on which it is due'
      : `${days < 14 ? several(days, `${days} day`) : `${number(days / 7)} weeks`} before it is due`
    return `${targetName(target)} ${early}`
  })
  return parts.length === 0 ? '' : `Without delays the plan reaches ${listed(parts)}.`
}

function drawCritical(parent, risk) {
  const rows = risk.works.filter(row => row.share > 0).sort((a, b) => b.share - a.share)
  if (rows.length === 0) {
    return
  }
  listTable(parent, {
    caption: 'Works on which the dates hang most often: a delay of theirs is a delay of the end',
    rows,
    first: 10,
    columns: [
      { head: 'Work', name: true, cell: row => (workById.has(row.work) ? workButton(workById.get(row.work)) : clean(row.name || row.work)) },
      { head: 'In so many of 100 cases', value: row => 100 * row.share, heat: true },
    ],
  })
}
