import { expect, test } from 'vitest';
import { decodeReferences } from '../../../indexer/input/character-references.ts';

test.each([
  ['Rock &amp; Roll', 'Rock & Roll'],
  ['It&#39;s &quot;on&quot;', 'It\'s "on"'],
  ['&#x1F600;', '😀'],
  ['&amp;amp;', '&amp;'],
  ['&#0; &#xD800; &#1114112; &unknown; AT&T', '&#0; &#xD800; &#1114112; &unknown; AT&T'],
])('%j is written out as %j', (text, decoded) => {
  expect(decodeReferences(text)).toBe(decoded);
});
