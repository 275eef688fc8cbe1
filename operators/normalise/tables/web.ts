/** What is known of web addresses: which parameters only track, and which hosts are not an organisation's own. */

/** Names of parameters that follow visitors and change nothing on the page. Besides these, everything that begins with `utm_`. */
export const TRACKING: ReadonlySet<string> = new Set([
  'gclid', 'gclsrc', 'dclid', 'wbraid', 'gbraid', 'fbclid', 'msclkid', 'twclid', 'ttclid', 'li_fat_id', 'igshid', 'igsh', 'yclid', 'ysclid', 'mc_cid', 'mc_eid', 'mkt_tok', '_ga', '_gl', '_gac', '_hsenc', '_hsmi',
  '__hstc', '__hssc', '__hsfp', 'hsctatracking', 'vero_id', 'vero_conv', 'wickedid', 'oly_anon_id', 'oly_enc_id', 'rb_clickid', 's_cid', 'ml_subscriber', 'ml_subscriber_hash', 'srsltid', 'epik', 'pk_campaign', 'pk_kwd',
  'pk_source', 'pk_medium', 'mtm_campaign', 'mtm_source', 'mtm_medium', 'cmpid', 'trk', 'trkinfo', 'spm', 'ref_src', 'ref_url', 'sc_campaign', 'sc_channel', 'nr_email_referer', 'fb_action_ids', 'fb_ref', 'fb_source', 'hsa_acc', 'hsa_cam',
  'hsa_grp', 'hsa_ad', 'hsa_src', 'hsa_net', 'hsa_ver', 'mibextid', 'rdid', 'share_url', '_branch_match_id', 'gad_source', 'gad_campaignid'
])

/** Hosts, and all below them, where people and organisations keep profiles. */
const SOCIAL: readonly string[] = [
  'facebook.com', 'fb.com', 'fb.me', 'm.me', 'messenger.com', 'instagram.com', 'instagr.am', 'threads.net', 'twitter.com', 'x.com', 't.co', 'linkedin.com', 'lnkd.in', 'youtube.com', 'youtu.be', 'tiktok.com', 'pinterest.com',
  'pinterest.co.uk', 'snapchat.com', 'reddit.com', 'tumblr.com', 'vimeo.com', 'flickr.com', 'xing.com', 'vk.com', 'weibo.com', 'wa.me', 'whatsapp.com', 't.me', 'telegram.me', 'discord.gg', 'discord.com', 'mastodon.social', 'bsky.app',
  'medium.com', 'linktr.ee', 'behance.net', 'twitch.tv', 'soundcloud.com'
]

/** Hosts, and all below them, that list organisations or sell for them. */
const AGGREGATORS: readonly string[] = [
  'google.com', 'goo.gl', 'g.page', 'g.co', 'maps.app.goo.gl', 'google.co.za', 'google.co.uk', 'google.de', 'google.fr', 'google.nl', 'bing.com', 'yelp.com', 'yelp.co.uk', 'tripadvisor.com', 'tripadvisor.co.za', 'tripadvisor.co.uk', 'foursquare.com',
  'yellowpages.com', 'yellowpages.co.za', 'yell.com', 'gelbeseiten.de', 'pagesjaunes.fr', 'goudengids.nl', 'cylex.net', 'cylex.net.za', 'cylex-uk.co.uk', 'brabys.com', 'snupit.co.za', 'hotfrog.co.za', 'hotfrog.com', 'africabizinfo.com', 'yep.co.za',
  'kompass.com', 'europages.com', 'europages.co.uk', 'dnb.com', 'crunchbase.com', 'zoominfo.com', 'opencorporates.com', 'bloomberg.com', 'glassdoor.com', 'indeed.com', 'trustpilot.com', 'gumtree.co.za', 'gumtree.com', 'ebay.com', 'amazon.com',
  'etsy.com', 'alibaba.com', 'wikipedia.org', 'wikidata.org', 'booking.com', 'airbnb.com', 'manta.com', 'bbb.org', 'mapquest.com', 'waze.com', 'thomsonlocal.com', 'freeindex.co.uk', 'infobel.com', 'starofservice.co.za', 'entrepreneurs-directory.co.za'
]

/** What a page on one of these hosts, or below it, is: not an organisation's own. */
export const SHARED_HOSTS: ReadonlyMap<string, 'SOCIAL_PAGE' | 'AGGREGATOR_PAGE'> = new Map([
  ...AGGREGATORS.map(host => [host, 'AGGREGATOR_PAGE'] as const),
  ...SOCIAL.map(host => [host, 'SOCIAL_PAGE'] as const)
])
/** Characters of the longest of them. */
export const LONGEST_SHARED = Math.max(...[...SHARED_HOSTS.keys()].map(host => host.length))
