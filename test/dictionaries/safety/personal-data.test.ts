import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import {
  findPersonalData,
  type PersonalDataKind,
} from '../../../dictionaries/safety/personal-data.ts';

function expectKind(kind: PersonalDataKind | null, texts: readonly string[]): void {
  for (const text of texts) expect(findPersonalData(text), text).toBe(kind);
}

/** A random number with its Luhn digit behind it. */
function withLuhnDigit(digits: string): string {
  let sum = 0;
  for (const [at, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + String((10 - (sum % 10)) % 10);
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

describe('findPersonalData', () => {
  it('finds e-mail addresses, written out ones too', () => {
    expectKind('email', [
      'john@example.com',
      'mail to john.doe+x@mail.example.co.uk please',
      '"john@example.com"',
      'john.doe @ gmail.com',
      'john smith @ example . com',
      'john @ mail . example . org',
      'http://x.test/?to=john%40example.com',
      'john@gmail',
      'ｊｏｈｎ＠ｇｍａｉｌ．ｃｏｍ',
      'jo\u200bhn@exa\u00admple.com',
      'jörg@müller.de',
      '张伟@例子.中国',
      '12345678@qq.com',
      'john (at) example (dot) com',
      'john[at]example.org',
      'john at foo dot org',
      'john at gmail.com',
      'john doe at gmail com',
    ]);
  });

  it('finds e-mail addresses in disguise and within other scripts', () => {
    expectKind('email', [
      'jane <at> example <dot> com',
      'jane -at- example -dot- com',
      'jane_at_example_dot_com',
      'jane@example(dot)com',
      'jane @ example dot com',
      'jane@example,com',
      'jane (at) gmail',
      'jane arroba gmail punto com',
      'jane at mail dot example dot co dot uk',
      'j a n e @ e x a m p l e . c o m',
      `john@example.com${'请'.repeat(30)}`,
    ]);
  });

  it('finds numbers one digit at a time, in words, in numerals and within other scripts', () => {
    for (const separator of ['.', ' ', '-', ' . ', ')(', '/', ',']) {
      expect(findPersonalData([...'4155552671'].join(separator)), separator).not.toBe(null);
    }
    expectKind('long-number', [
      'four one five five five five two six seven one',
      'call Four-One-Five triple five two six seven one',
      'four fifteen five fifty five twenty six seventy one',
      'uno dos tres cinco cinco cinco dos seis siete uno',
      '一三八一二三四五六七八',
      '④①⑤⑤⑤⑤②⑥⑦①',
      '❹❶❺❺❺❺❷❻❼❶',
      '4️⃣1️⃣5️⃣5️⃣5️⃣5️⃣2️⃣6️⃣7️⃣1️⃣',
      '4\u03361\u03365\u03365\u03365\u03365\u03362\u03366\u03367\u03361',
      '电话4155552671号',
    ]);
    expectKind('phone', ['电话+44 20 7946 0958']);
  });

  it('leaves counting and everyday numbers in words alone', () => {
    expectKind(null, [
      'one two three four five six seven eight nine ten',
      '1 2 3 4 5 6 7 8 9 10',
      '9 8 7 6 5 4 3 2 1',
      '0 1 0 1 1 0 1 0 1',
      'twenty one pilots',
      'chicago 25 or 6 to 4',
      'seven eleven near me',
      'five nights at freddys 1 2 3 4',
      '4 8 15 16 23 42',
      '二〇二〇年一月',
      'polka dot dress at target',
    ]);
  });

  it('finds passwords and tokens', () => {
    expectKind('credentials', [
      'http://user:pass@host.com/x',
      'ftp://u:p@10.0.0.1',
      'https://x.y/?access_token=abcdef',
      'x.y/login?user=a&password=hunter2',
      'x.y/p;jsessionid=0A1B2C3D4E5F6789',
      'password: hunter2',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmMifQ.abc',
      'AKIAIOSFODNN7EXAMPLE',
      `ghp_${'a1'.repeat(18)}`,
    ]);
  });

  it('finds bank accounts', () => {
    expectKind('iban', [
      'GB82 WEST 1234 5698 7654 32',
      'gb82west12345698765432',
      'DE89-3704-0044-0532-0130-00',
      'pay to FR1420041010050500013M02606 today',
      normalise('GB82-WEST-1234-5698-7654-32'),
    ]);
    expect(findPersonalData('GB83WEST12345698765432')).toBe('long-number');
    expect(findPersonalData('gb82 west')).toBe(null);
  });

  it('finds card numbers', () => {
    expectKind('card', [
      '4111 1111 1111 1111',
      '4111-1111-1111-1111',
      '4111111111111111',
      '3782 822463 10005',
      '４１１１　１１１１　１１１１　１１１１',
      '٤١١١١١١١١١١١١١١١',
      '4111\u00a01111\u00a01111\u00a01111',
      'my visa 4111 1111 1111 1111 exp 12 25',
      '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
      '4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1',
      normalise('4111-1111-1111-1111'),
    ]);
  });

  it('finds social security numbers', () => {
    expectKind('social-security', ['123-45-6789', 'ssn 123 45 6789', '123–45–6789']);
  });

  it('finds phone numbers', () => {
    expectKind('phone', [
      '+1 415 555 0123',
      '+44 20 7946 0958',
      '+44 (0)20 7946 0958',
      '+49 (0)30 123456',
      '0044 20 7946 0958',
      '(415) 555-0123',
      '415-5550123',
      '415 5550123',
      '8 912 345 67 89',
      '8-912-345-67-89',
      '612 34 56 78',
      '612.34.56.78',
      '11 91234-5678',
      'call 415-555-0123 now',
      '415 555 0123',
      '415.555.0123',
      '1-800-555-2368',
      '123-456-7890',
      '555-123-4567',
      '020 7946 0958',
      '06 12 34 56 78',
      '06.12.34.56.78',
      '0151 23456789',
      '0171/1234567',
      '090-1234-5678',
      '０９０－１２３４－５６７８',
      '0412 345 678',
      '138 1234 5678',
      '98765 43210',
      '(11) 91234-5678',
      '612 345 678',
      '415–555–0123',
      normalise('(415) 555-0123'),
    ]);
  });

  it('finds long numbers', () => {
    expectKind('long-number', [
      '123456789',
      'abc123456789',
      '9780306406157',
      '+123456789012345678901234',
      '1'.repeat(40),
    ]);
  });

  it('leaves ordinary queries alone', () => {
    expectKind(null, [
      '',
      'new york',
      'top 10 songs 2020',
      'iphone 13 pro max 256gb',
      '3.14159265358',
      '0.333333333333',
      '7-zip 19.00',
      'ww2 1939-1945',
      '1920x1080',
      '2019-2020',
      '192.168.1.1',
      '192.168.100.100',
      '255.255.255.0',
      'sign in at gmail.com',
      'contact us at yahoo.com',
      'party @ noon . bring food',
      '1 2 3 4 5 6 7 8 9 10 11 12 13',
      '1-2-3-4-5-6-7-8-9',
      'raise 500 1000000',
      'route 66 2019 12 31',
      'look at apple.com',
      'meet at noon',
      '@nytimes.com',
      'follow @foo.bar',
      'meet@5.30pm',
      '01/02/2003',
      '2020-01-01 10:30',
      '01.01.2020 12:00',
      '978-3-16-148410-0',
      '0-306-40615-2',
      '100,000,000',
      '100.000.000',
      '1 000 000 000',
      '2001 2002 2003 2004',
      '1990 1991 1992 1993',
      'windows 10 build 19041.1052.3',
      'kb4023057',
      'c++ 11 2014',
      'google+ 2014 2015 2016',
      '8675309',
      'password: meaning',
      'http://www.example.com:8080/a?b=c',
      '1-2-3-4-5',
      'super bowl 2011-02-06',
      '007 james bond 2006',
      'boeing 747 400',
      '50+50',
      '24/7 365',
      '北京 2008 奥运会',
    ]);
  });

  it('finds every card number, however it is grouped', () => {
    const card = fc
      .tuple(fc.constantFrom('2', '3', '4', '5', '6'), fc.integer({ min: 11, max: 17 }))
      .chain(([first, length]) => digits(length).map((rest) => withLuhnDigit(first + rest)));
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-'), (number, separator) => {
        const grouped = number.match(/.{1,4}/g)?.join(separator) ?? '';
        // Another pattern may see its kind in it first; it must not pass.
        expect(findPersonalData(`card ${grouped}`)).not.toBe(null);
      }),
    );
  });

  it('finds every run of nine digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 30 }).chain(digits), (run) => {
        expect(findPersonalData(`no ${run}`)).not.toBe(null);
      }),
    );
  });

  it('finds personal data far into a long text', () => {
    for (const filler of ['a ', '1 ', '@ ', 'é']) {
      for (const length of [4090, 8000, 99_000]) {
        const text = `${filler.repeat(length / filler.length)} john@example.com`;
        expect(findPersonalData(text)).toBe('email');
      }
    }
  });

  it('takes time linear in the text', () => {
    for (const unit of [
      '@',
      'a@',
      '0 ',
      '(0',
      '1-',
      '+',
      'a at ',
      '//a:',
      'eyJ-',
      'aa00',
      '=',
      '4111 ',
      '.',
      '１',
    ]) {
      findPersonalData(unit.repeat(100_000 / unit.length));
    }
    expect(findPersonalData('a'.repeat(100_000))).toBe(null);
  });
});
