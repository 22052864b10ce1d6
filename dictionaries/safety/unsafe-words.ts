/**
 * What the packaged lists have as a word or as two, written together or as the name of a site: whole words match alone, so that "porn" does not tell of these.
 * Names with an innocent second meaning are left out.
 */
export const unsafeWords: readonly string[] = (
  'pornhub, youporn, redtube, xvideos, xnxx, xhamster, xvideo, porntube, spankbang, tube8, youjizz, brazzers, chaturbate, livejasmin, ' +
  'rule34, e hentai, nhentai, xxxvideo, xxxvideos, xxxtube, pornstar, pornstars, porns, pornos, child pornography, pornofilm, pornofilme, ' +
  'pornvideo, pornvideos, pornpics, freeporn, gayporn, teenporn, sexporn, animeporn, sexvideo, sexvideos, sextube, sexcam, sexcams, ' +
  'sexchat, freesex, gaysex, teensex, camgirl, camgirls, nudes, upskirts, blowjobs, handjobs, cumshots, gangbangs, milfs, dildos, creampies'
).split(', ');
