/** Words of which the names of posts are made, folded. */

/** One of these makes a phrase a role. */
export const ROLE_NOUNS: ReadonlySet<string> = new Set(
  ('ceo cfo coo cto cio cmo chro md gm hod hr pa ea cfi dcfi hot hof fom am ao doo vp svp evp avp owner owners co-owner coowner director directors direkteur bestuurder manager managers manageress administrator admin administration secretary sekretaresse ' +
    'treasurer chairman chairperson chairwoman chair president vice-president deputy partner founder cofounder co-founder proprietor principal rector dean registrar instructor instructors pilot pilots officer officers ' +
    'accountant bookkeeper clerk receptionist reception assistant coordinator co-ordinator consultant representative rep agent executive engineer technician mechanic supervisor superintendent foreman trainer lecturer teacher ' +
    'examiner assessor inspector auditor analyst specialist planner scheduler dispatcher buyer controller developer designer architect advisor adviser attorney lawyer lead leader captain trustee shareholder member board spokesperson ' +
    'sales accounts bookings enquiries inquiries info office marketing operations ops finance procurement purchasing logistics maintenance contact person eienaar eienares geschaftsfuhrer geschaftsfuhrerin leiter leiterin inhaber inhaberin ' +
    'vorstand directeur directrice gerant gerante president eigenaar eigenaresse zaakvoerder hoof head chief student wife husband son daughter spouse').split(' ')
)
/** Too often a surname or given name to make a role alone. */
export const WEAK_NOUNS: ReadonlySet<string> = new Set(['dean', 'rector', 'member', 'board', 'lead', 'leader', 'head', 'chief', 'captain', 'chair', 'am', 'ao', 'ea', 'pa', 'ops', 'hof', 'hot', 'principal', 'partner', 'agent', 'rep', 'info', 'contact', 'person', 'office', 'son', 'president', 'clerk', 'pilot', 'buyer', 'foreman', 'registrar', 'trainer', 'hoof'])
/** These may accompany them. */
export const ROLE_MODIFIERS: ReadonlySet<string> = new Set(
  ('of the and for to in & chief head senior junior snr jnr sr jr acting assistant deputy general managing executive non regional national area branch group company flight flying ground school training trainee student academic ' +
    'operations operational ops safety quality security accountable responsible technical commercial financial finance human resources marketing sales customer client service services support business development project office front desk ' +
    'hr it ict admin fleet airport aviation aircraft maintenance engineering helicopter fixed wing rotor drone uas rpas design production stores store procurement purchasing supply logistics warehouse transport booking bookings accounts ' +
    'accounting payroll legal compliance risk media communications public relations pr board founding first second co vice personal key primary main secondary alternate emergency new former ex retired 1 2 3 van der den von des de du la et und en').split(' ')
)
