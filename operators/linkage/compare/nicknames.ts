/** Short forms of given names in English, with those of other languages that are as frequent there. */

const GROUPS: readonly string[] = [
  'abigail abby abbie gail', 'albert al bert bertie', 'alexander alex al alec sandy xander sasha', 'alexandra alex sandra alexa lexi sasha', 'alfred alf alfie fred', 'amanda mandy', 'andrew andy drew', 'anne ann anna annie nan nancy hannah', 'anthony tony anton',
  'archibald archie', 'arthur art artie', 'barbara barb babs barbie', 'benjamin ben benny benji', 'bernard bernie', 'bradley brad', 'caroline carol carrie caro', 'catherine katherine kathryn cathy kathy kate katie kat kitty cat', 'charles charlie chuck chas chaz', 'charlotte charlie lottie',
  'christine christina chris chrissy tina', 'christopher chris kit topher', 'clifford cliff', 'daniel dan danny', 'david dave davy', 'deborah debra deb debbie', 'dominic dom', 'donald don donny', 'dorothy dot dottie dolly', 'douglas doug', 'edmund ed ned', 'edward ed eddie ted teddy ned', 'edwin ed',
  'eleanor ellie nell nellie nora', 'elizabeth liz lizzie beth betty bess eliza elsie libby lisa elspeth', 'emily em emmy', 'emma em', 'ernest ernie', 'eugene gene', 'florence flo flossie', 'frances fran fanny', 'francis frank fran', 'franklin frank', 'frederick fred freddie freddy', 'gabriel gabe', 'george georgie', 'gerald gerry jerry',
  'geoffrey jeffrey geoff jeff', 'gregory greg', 'harold harry hal', 'helen nell nellie', 'henry harry hank hal', 'herbert bert herb', 'hugh hughie', 'isabella isabel bella izzy belle', 'jacob jake', 'james jim jimmy jamie jem', 'jane janie jenny', 'janet jan', 'jennifer jen jenny', 'jessica jess jessie', 'joan joanie', 'john jack johnny jon', 'jonathan jon jonny',
  'joseph joe joey jo', 'josephine jo josie', 'joshua josh', 'judith judy', 'julia julie', 'kenneth ken kenny', 'laura laurie', 'lawrence laurence larry laurie', 'leonard len lenny leo', 'lewis louis lou louie', 'louise lou', 'lucy lucille', 'margaret maggie meg peggy marge margie madge daisy greta', 'maria mary mia', 'martin marty', 'martha mattie', 'mary molly polly mamie may', 'matilda tilly mattie',
  'matthew matt', 'maximilian max', 'michael mike mick micky mickey', 'nathaniel nathan nat nate', 'nicholas nick nicky nico', 'olivia liv livvy', 'oliver ollie', 'oscar ozzie', 'pamela pam', 'patricia pat patty tricia trish', 'patrick pat paddy', 'paula pauline', 'penelope penny', 'peter pete', 'philip phillip phil pip', 'rachel rach', 'raymond ray', 'rebecca becky becca', 'reginald reg reggie',
  'richard rick dick rich ricky richie', 'robert rob bob bobby robbie bert', 'roberta bobbie', 'roger rodge', 'ronald ron ronnie', 'rosemary rose rosie', 'rowland roland rollo', 'russell russ', 'samuel sam sammy', 'samantha sam', 'sarah sally sadie', 'sebastian seb', 'sidney sid', 'simon si', 'sophia sophie', 'stanley stan', 'stephen steven steve stevie', 'stewart stuart stu', 'susan sue susie suzy susannah',
  'sylvester sly', 'terence terry', 'theodore ted teddy theo', 'theresa tess terry', 'thomas tom tommy thos', 'timothy tim timmy', 'toby tobias', 'valerie val', 'victor vic', 'victoria vicky tori', 'vincent vince', 'virginia ginny', 'walter walt wally wat', 'wilfred wilf fred', 'william will bill billy willy liam wm', 'winifred win winnie', 'zachary zach zack'
]
const groupsOf = new Map<string, number[]>()
GROUPS.forEach((group, at) => group.split(' ').forEach(name => void groupsOf.set(name, [...(groupsOf.get(name) ?? []), at])))

/** Whether two folded given names are forms of one name. */
export function isNickname(a: string, b: string): boolean {
  const one = groupsOf.get(a)
  return one !== undefined && (groupsOf.get(b)?.some(group => one.includes(group)) ?? false)
}
