// What ganger put into the page, and the runs in it unrolled.
const data = JSON.parse(document.getElementById('data').textContent)
const programme = data.programme
const works = data.works
const links = data.links
const segments = data.segments
const periods = programme.periods
const isMakespan = programme.objective === 'makespan'

// [value, how often, value, how often, ...] as one number each.
function unroll(runs) {
  let count = 0
  for (let i = 1; i < runs.length; i += 2) {
    count += runs[i]
  }
  const values = new Float32Array(count)
  let at = 0
  for (let i = 0; i < runs.length; i += 2) {
    values.fill(runs[i], at, at + runs[i + 1])
    at += runs[i + 1]
  }
  return values
}

const states = {
  capacity: data.states.capacity.map(unroll),
  there: data.states.there.map(unroll),
  back: data.states.back.map(unroll),
  full: data.states.full.map(unroll),
}
const frameAt = boundary => Math.max(0, Math.floor((boundary - data.states.first) / data.states.step))

const dayLength = 86400000
const firstDay = Date.parse(`${programme.start}T00:00:00Z`)
const dayAfter = boundary => new Date(firstDay + boundary * programme.period_days * dayLength)
const dayBefore = boundary => new Date(firstDay + (boundary * programme.period_days - 1) * dayLength)
const boundaryAt = date => (date - firstDay) / (programme.period_days * dayLength)
const wholeTime = [dayAfter(0), dayAfter(periods)]

const KIND = { repair: 0, build: 1, upgrade: 2, facility: 3 }
const kindNames = ['Repair', 'Build', 'Upgrade', 'Facility']
const workById = new Map(works.id.map((id, work) => [id, work]))
const isDone = work => works.start[work] >= 0
const linkOf = work => (works.segment[work] < 0 ? -1 : segments.link[works.segment[work]])

// The works of each segment and of each link that the plan does, first ones first.
const worksOnSegment = segments.id.map(() => [])
const worksOnLink = links.id.map(() => [])
const segmentsOfLink = links.id.map(() => [])
segments.link.forEach((link, segment) => segmentsOfLink[link].push(segment))
works.id.map((_, work) => work)
  .filter(work => isDone(work) && works.segment[work] >= 0)
  .sort((a, b) => works.start[a] - works.start[b])
  .forEach(work => {
    worksOnSegment[works.segment[work]].push(work)
    worksOnLink[linkOf(work)].push(work)
  })

// Productivity of each calendar by period, in percent.
const calendars = data.calendars.id.map(() => new Uint8Array(periods).fill(100))
data.calendars.calendar.forEach((calendar, row) => {
  const { from, to, productivity } = data.calendars
  calendars[calendar].fill(productivity[row], Math.max(0, from[row]), Math.max(0, Math.min(periods, to[row])))
})
const productivity = (work, period) => {
  const calendar = works.calendar[work]
  return calendar < 0 || period >= periods ? 100 : calendars[calendar][period]
}
