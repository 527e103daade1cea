// Numbers, dates and names as people read them, and the elements that hold them.
const format = digits => {
  const style = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return value => (value === null || value === undefined || Number.isNaN(value) ? '–'
    : style.format(Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).replace('-', '−'))
}
const formats = [0, 1, 2, 3].map(format)
const number = (value, digits = 0) => formats[digits](value)
// Three digits that matter, as far as there are three.
const brief = value => {
  const size = Math.abs(value)
  return number(value, size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2)
}
const signed = (value, digits = 0) => (value > 0 ? '+' : '') + number(value, digits)
const currency = clean(programme.currency || 'USD')
const millions = value => `${number(value)} M ${currency}`
const money = value => (Math.abs(value) >= 999.5 ? `${number(value / 1000, 1)} bn ${currency}` : millions(value))

const dateStyle = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const monthStyle = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const date = day => dateStyle.format(day)
const isoDate = text => (text ? date(new Date(`${text}T00:00:00Z`)) : '–')
const span = work => `${date(dayAfter(works.start[work]))} – ${date(dayBefore(works.finish[work]))}`

// Without control characters and marks that turn the direction of what follows; on canvas nothing else shields it.
function clean(text) {
  return String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ').trim()
}
const nameOf = (table, row) => clean(table.name[row]) || clean(table.id[row])
const sentence = text => text.charAt(0).toUpperCase() + text.slice(1)
const spaced = text => sentence(clean(text).replace(/_/g, ' '))
const unitOf = resource => clean(data.resources.unit[resource]) || 'unit'
// 'a, b and c'
const listed = parts => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`)
const several = (count, unit) => (count === 1 || /s$|^(t|km|Mt|M |%)/.test(unit) ? unit : `${unit}s`)

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
const country = code => {
  try {
    return /^[A-Z]{2}$/.test(code) ? regions.of(code) : clean(code) || 'elsewhere'
  } catch {
    return clean(code)
  }
}

// element('p.note', 'text' or [children], {attribute: value})
function element(what, content = [], attributes = {}) {
  const [tag, ...classes] = what.split('.')
  const made = document.createElement(tag)
  made.classList.add(...classes)
  made.append(...[].concat(content).filter(part => part !== null && part !== undefined))
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value)
  }
  return made
}
const find = (selector, within = document) => within.querySelector(selector)
const pairs = rows => element('dl', rows.flatMap(([what, value]) => [element('dt', what), element('dd', value)]))
