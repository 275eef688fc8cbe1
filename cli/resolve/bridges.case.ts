/** Invented companies for tests of linkage: some in several lists, two families with one switchboard, one company with three trading names. */
const FIRST = ['Lapwing', 'Stilt', 'Avocet', 'Gannet', 'Pelican', 'Kestrel', 'Harrier', 'Osprey', 'Plover', 'Curlew', 'Bustard', 'Francolin', 'Hoopoe', 'Bokmakierie', 'Turaco', 'Weaver']
const SECOND = ['Aviation', 'Charters', 'Logistics', 'Freight', 'Maintenance', 'Catering', 'Consulting', 'Engineering', 'Supplies', 'Security']
const STREETS = ['Long Street', 'Church Street', 'Voortrekker Road', 'Main Road', 'Oak Avenue', 'Station Road', 'Hill Street']
const TOWNS = ['Knysna', 'Paarl', 'Worcester', 'Mthatha', 'Polokwane', 'Upington', 'Kimberley', 'George']

interface Company { readonly name: string; readonly phone: string; readonly email: string; readonly address: string; readonly town: string; readonly vat: string }

const HEAD = 'record_id,company,phone,email,address,town,vat_number'
const line = (id: string, { name, phone, email, address, town, vat }: Company): string => [id, name, phone, email, address, town, vat].join(',')
const digits = (number: number, length: number): string => String((number * 7_919 + 104_729) % 10 ** length).padStart(length, '0')

function company(at: number): Company {
  const name = `${FIRST[at % FIRST.length]} ${SECOND[(at * 7 + Math.floor(at / FIRST.length)) % SECOND.length]}`
  const domain = `${name.toLowerCase().replace(/ /g, '')}.example`
  return { name, phone: `+2721${digits(at + 1, 7)}`, email: `office@${domain}`, address: `${(at * 37) % 190 + 1} ${STREETS[at % STREETS.length]}`, town: TOWNS[(at * 3) % TOWNS.length]!, vat: `4${digits(at * 31 + 5, 9)}` }
}

/** Eighty companies, each in one to three lists, with gaps. */
function background(): string[] {
  return Array.from({ length: 80 }, (_, at) => company(at)).flatMap((own, at) =>
    [own, { ...own, name: `${own.name} (Pty) Ltd`, phone: at % 3 === 0 ? '' : own.phone, vat: '' }, { ...own, name: own.name.toUpperCase(), address: '', email: at % 4 === 0 ? '' : own.email }].slice(0, 1 + (at % 3)).map((each, copy) => line(`c${at}-${copy}`, each))
  )
}

const family = (prefix: string, own: Company, shared: Partial<Company>): string[] => [own, { ...own, name: `${own.name} CC`, vat: '' }, { ...own, ...shared }].map((each, at) => line(`${prefix}${at}`, each))

const WADER: Company = { name: 'Sanderling Boatworks', phone: '+27445550101', email: 'yard@sanderling.example', address: '3 Quay Road', town: 'Knysna', vat: '4900000011' }
const FINCH: Company = { name: 'Mannikin Bakery', phone: '+27215550202', email: 'bread@mannikin.example', address: '88 Mill Lane', town: 'Paarl', vat: '4900000022' }

/** Two families of three records each; one record of each has what the other has too. */
export function bridged(shared: 'phone' | 'email'): string {
  const same = shared === 'phone' ? { phone: '+27105559999' } : { email: 'info@sharedoffices.example' }
  return `${[HEAD, ...background(), ...family('w', WADER, same), ...family('f', FINCH, same)].join('\n')}\n`
}

/** One company under its legal name and three trading names. */
export function trading(): string {
  const legal: Company = { name: 'Nightjar Holdings (Pty) Ltd', phone: '+27125550303', email: 'accounts@nightjar.example', address: '12 Ridge Road', town: 'George', vat: '4900000033' }
  const names = ['Nightjar Holdings (Pty) Ltd', 'Ridge Road Deli', 'Owl Lane Coffee', 'The Feathered Nest']
  return `${[HEAD, ...background(), ...names.map((name, at) => line(`t${at}`, { ...legal, name }))].join('\n')}\n`
}
