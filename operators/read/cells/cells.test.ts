import t from 'tap'
import { KIND } from '../../../kernel/artifact/table.ts'
import { builtInStyle, paddedText, styleOfFormat } from './number-format.ts'
import { plainDecimal, readNumber } from './number-text.ts'
import { civilDate, isoText, serialText } from './serial-date.ts'

t.test('what a number format shows', async t => {
  const formats: Record<string, string> = {
    General: 'number', '0': 'number', '0.00': 'number', '#,##0': 'number', '0%': 'number', '0.00E+00': 'number', '# ?/?': 'number', '@': 'number',
    '"days "0': 'number', '#,##0.00 "d";[Red]-0': 'number', '_-* #,##0.00\\ "DM"_-': 'number', '\\d0': 'number', '0" years"': 'number', '[Red]0': 'number', '[$R-1C09] #,##0.00': 'number',
    'dd/mm/yyyy': 'date', 'd-mmm-yy': 'date', 'mmmm': 'date', 'yyyy': 'date', '[$-409]d mmm yyyy;@': 'date', '[$-F800]dddd, mmmm dd, yyyy': 'date', 'yyyy"年"m"月"': 'date', 'm/d/yy h:mm': 'date', 'DD.MM.YYYY': 'date', '[ENG][$-409]mmm\\-yy': 'date', 'yyyy\\-mm\\-dd\\Thh:mm:ss': 'date',
    'h:mm': 'time', 'hh:mm:ss AM/PM': 'time', 'mm:ss': 'time', 'mm:ss.0': 'time', '[$-409]h:mm AM/PM;@': 'time',
    '[h]:mm': 'elapsed', '[hh]:mm:ss': 'elapsed', '[mm]:ss': 'elapsed', '[s]': 'elapsed',
    '00000': 'padded', '000-00-0000': 'padded', '"N"0000': 'padded', '00': 'padded',
    '[=0]"";dd/mm/yyyy': 'date', '[<1]"-";h:mm': 'time', '[=1]"yes";[=0]"no";General': 'number', '[<=9999999]###-####;(###) ###-####': 'number', 'dd/mm/yyyy;"";"";@': 'date', '0;dd/mm/yyyy': 'number',
    'G/\u901a\u7528\u683c\u5f0f': 'number', '[DBNum2][$-804]G/\u901a\u7528\u683c\u5f0f': 'number', 'G/\u6a19\u6e96': 'number', 'g/"\u901a\u7528\u683c\u5f0f"': 'number', 'aaa': 'date', '[$-411]aaaa': 'date', '[$-411]ggge"\u5e74"': 'date', 'h:mm a/p': 'time', '[s].000': 'elapsed', '[mm]:ss.00': 'elapsed',
    '': 'number', '"unclosed': 'number', '[unclosed': 'number', '0.0': 'number', '0,000': 'number'
  }
  for (const [code, what] of Object.entries(formats)) t.equal(styleOfFormat(code).what, what, JSON.stringify(code))
  t.equal(styleOfFormat('y'.repeat(5000)).what, 'number', 'nobody writes a format of 5000 characters')
  t.same([0, 1, 14, 22, 18, 21, 45, 46, 47, 49, 58, 164].map(id => builtInStyle(id).what), ['number', 'number', 'date', 'date', 'time', 'time', 'time', 'elapsed', 'time', 'number', 'date', 'number'])
})

t.test('leading zeros as they are shown', async t => {
  const shown = (value: number, code: string): string | null => paddedText(value, styleOfFormat(code).pattern)
  t.equal(shown(123, '00000'), '00123')
  t.equal(shown(1234567, '00000'), '1234567', 'digits beyond the format are shown')
  t.equal(shown(78051120, '000-00-0000'), '078-05-1120')
  t.equal(shown(12078051120, '000-00-0000'), '12078-05-1120')
  t.equal(shown(42, '"N"0000'), 'N0042')
  t.equal(shown(1.5, '0000'), null)
  t.equal(shown(-1, '0000'), null)
})

t.test('dates by serial number', async t => {
  const date = styleOfFormat('dd/mm/yyyy hh:mm')
  const hours = styleOfFormat('hh:mm')
  const elapsed = styleOfFormat('[h]:mm')
  const text = (serial: number, style = date, system: 1900 | 1904 = 1900): string | undefined => serialText(serial, style, system)?.text
  t.same([1, 31, 59, 61, 366, 45292, 2958465].map(serial => text(serial)), ['1900-01-01', '1900-01-31', '1900-02-28', '1900-03-01', '1900-12-31', '2024-01-01', '9999-12-31'])
  t.same([0, 60, -1, 2958466, 1e10, 2958465.999999999].map(serial => text(serial)), Array(6).fill(undefined), 'no such day')
  t.same([0, 59, 60, 43830].map(serial => text(serial, date, 1904)), ['1904-01-01', '1904-02-29', '1904-03-01', '2024-01-01'])
  t.equal(text(45292.5208449074), '2024-01-01T12:30:01', 'to the nearest thousandth')
  t.equal(text(45291.999995), '2023-12-31T23:59:59.568', 'a moment short of midnight is not the next day')
  t.equal(text(45291.9999999999), '2024-01-01', 'carried into the next day')
  t.equal(text(0.5000001, hours), '12:00:00.009', 'whatever the format shows')
  t.equal(text(0.75), '18:00:00', 'a time under a format with date and time')
  t.equal(text(1.5, elapsed), '36:00:00')
  t.equal(text(0, elapsed), '00:00:00')
  t.equal(serialText(0.5, hours, 1900)?.kind, KIND.time)
  // Every day of four centuries against a count that knows nothing of the algorithm.
  let [year, month, day] = [1900, 1, 1]
  for (let days = -25567; days < 120000; days++) {
    const expected = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (civilDate(days) !== expected) t.equal(civilDate(days), expected)
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
    const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
    if (++day > last) [day, month] = [1, month + 1]
    if (month > 12) [month, year] = [1, year + 1]
  }
  t.equal(civilDate(120000), `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
})

t.test('dates stored as text', async t => {
  t.same(isoText('2021-01-01'), { text: '2021-01-01', kind: KIND.date })
  t.same(isoText('2021-01-01T00:00:00.000Z'), { text: '2021-01-01', kind: KIND.date })
  t.same(isoText('2021-01-01T10:10:10.25'), { text: '2021-01-01T10:10:10.250', kind: KIND.date })
  t.same(isoText('10:10'), { text: '10:10:00', kind: KIND.time })
  for (const wrong of ['', 'today', '2021-1-1', '2021-13-01', '2021-01-01T10', '24:00']) t.equal(isoText(wrong), null, wrong)
})

t.test('numbers as decimal text', async t => {
  t.same([0, -0, 1.5, -2, 1e21, 1e-7, 123e-10, 0.30000000000000004, 1.5e300, 5e-324].map(plainDecimal), ['0', '0', '1.5', '-2', '1000000000000000000000', '0.0000001', '0.0000000123', '0.30000000000000004', '1.5e300', '5e-324'])
  t.same(readNumber('1.2300000000000001E-2'), { value: Number('0.012300000000000001'), exact: null })
  t.same(readNumber('9007199254740993'), { value: 9007199254740992, exact: '9007199254740993' }, 'digits that a double drops are kept')
  t.same(readNumber('-00012'), { value: -12, exact: null })
  t.same(readNumber(' 7 '), { value: 7, exact: null })
  for (const wrong of ['', 'abc', '0x10', '1,5', '1e999', 'NaN', 'Infinity', '1 2', '.', '-', '1e']) t.equal(readNumber(wrong), null, wrong)
})
