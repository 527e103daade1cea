// A table with its first rows, and a button for all of them.
//   listTable(parent, {caption, rows, first, columns: [{head, cell | value, digits, unit, heat, blank, signed, date, name, right}]})
function listTable(parent, { caption, rows, columns, first = 12 }) {
  const heats = columns.filter(column => column.heat)
  const hottest = d3.max(rows, row => d3.max(heats, column => column.value(row))) || 1
  const body = element('tbody')
  const table = element('table.list', [
    element('caption', caption),
    element('thead', element('tr', columns.map(column =>
      element(column.value || column.right ? 'th.number' : 'th', column.head, { scope: 'col' })))),
    body,
  ])
  const fill = count => body.append(...rows.slice(body.children.length, count).map(row =>
    element('tr', columns.map(column => tableCell(column, row, hottest)))))
  fill(first)
  parent.append(table)
  if (rows.length > first) {
    const more = element('button.more-rows', `Show all ${number(rows.length)}`, { type: 'button' })
    more.addEventListener('click', () => {
      fill(rows.length)
      more.remove()
    })
    parent.append(more)
  }
}

function tableCell(column, row, hottest) {
  if (!column.value) {
    const content = column.cell(row)
    return element(column.name ? 'td.name' : column.date ? 'td.date' : column.right ? 'td.number' : 'td', content)
  }
  const value = column.value(row)
  const none = value === null || value === undefined
  const small = Math.abs(value) < 0.5 * 10 ** -(column.digits || 0)
  const text = none ? '–' : (column.heat || column.blank) && small ? '' : (column.signed ? signed : number)(value, column.digits || 0) + (column.unit || '')
  const cell = element('td.number', text)
  if (column.heat && value > 0) {
    cell.style.background = `color-mix(in srgb, var(--state-at-work) ${Math.round(60 * Math.sqrt(Math.min(1, value / hottest)))}%, transparent)`
  }
  if (column.signed && !none && !small) {
    cell.classList.add(value < 0 ? 'minus' : 'plus')
  }
  return cell
}
