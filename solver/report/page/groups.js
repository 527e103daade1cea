// The works that are done, put under headings in one of several ways.
const doneWorks = works.id.map((_, work) => work).filter(isDone)
  .sort((a, b) => works.start[a] - works.start[b] || works.finish[a] - works.finish[b])

// Names such as 'Makat-Beineu (Beineu corridor)' tell the corridor of a line.
const corridorOf = link => {
  const end = link < 0 ? null : /\((.+)\)$/.exec(nameOf(links, link))
  return end ? end[1] : null
}
const haveCorridors = 2 * links.id.filter((_, link) => corridorOf(link)).length > links.id.length
const lineOf = work => (linkOf(work) < 0 ? 'Not on a line' : nameOf(links, linkOf(work)))
const gangOf = work => (works.uses[work].length === 0 ? 'No gang' : sentence(nameOf(data.resources, works.uses[work][0])))

const groupings = [
  { name: 'corridor', of: work => corridorOf(linkOf(work)) || lineOf(work), there: haveCorridors },
  { name: 'project', of: work => clean(works.project[work]) || lineOf(work), there: works.project.some(Boolean) },
  { name: 'line', of: lineOf, there: links.id.length > 0 },
  { name: 'region', of: work => (works.segment[work] < 0 ? 'Not on a line' : regionOf(works.segment[work])),
    there: links.id.length > 0 },
  { name: 'gang', of: gangOf, there: works.uses.some(uses => uses.length > 0) },
  { name: 'kind of work', of: work => kindNames[works.kind[work]], there: new Set(works.kind).size > 1 },
  { name: 'nothing', of: () => 'All works', there: true },
].filter(grouping => grouping.there)

function groupWorks(grouping, list) {
  const groups = new Map()
  for (const work of list) {
    const label = grouping.of(work)
    if (!groups.has(label)) {
      groups.set(label, { label, works: [], start: Infinity, finish: 0 })
    }
    const group = groups.get(label)
    group.works.push(work)
    group.start = Math.min(group.start, works.start[work])
    group.finish = Math.max(group.finish, works.finish[work])
  }
  return [...groups.values()]
}

const searchText = work => `${works.id[work]} ${works.name[work]} ${works.project[work]} ${lineOf(work)}`.toLowerCase()
