/*
 * The program behind `npm run bench`: leads to the benchmark that is named first, without a name to the suite of load-tests/micro,
 * which knows commands of its own. Each reads the rest of the command line itself.
 */

switch (process.argv[2]) {
  case 'typing':
    process.argv.splice(2, 1);
    await import('./typing/main.ts');
    break;
  case 'spelling':
    process.argv.splice(2, 1);
    await import('./typing/spelling.ts');
    break;
  case 'video-to-query':
    process.argv.splice(2, 1);
    await import('./surfaces/video-to-query.ts');
    break;
  case 'video-next':
    process.argv.splice(2, 1);
    await import('./surfaces/video-next.ts');
    break;
  case 'next-query':
    process.argv.splice(2, 1);
    await import('./surfaces/next-query.ts');
    break;
  case 'next-query-time':
    process.argv.splice(2, 1);
    await import('./surfaces/next-query-time.ts');
    break;
  case 'trending':
    process.argv.splice(2, 1);
    await import('./surfaces/trending.ts');
    break;
  case 'entities':
    process.argv.splice(2, 1);
    await import('./surfaces/entities.ts');
    break;
  case 'entities-fit':
    process.argv.splice(2, 1);
    await import('./surfaces/entities-fit.ts');
    break;
  case 'stores':
    process.argv.splice(2, 1);
    await import('./personal/stores.ts');
    break;
  case 'suggest-time':
    process.argv.splice(2, 1);
    await import('./personal/suggest-time.ts');
    break;
  case 'personal':
    process.argv.splice(2, 1);
    await import('./personal/personal.ts');
    break;
  case 'erase':
    process.argv.splice(2, 1);
    await import('./events/erase.ts');
    break;
  case 'events':
    process.argv.splice(2, 1);
    await import('./events/main.ts');
    break;
  default:
    await import('./micro/main.ts');
}
