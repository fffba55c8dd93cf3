// A tour of every screen, for axe and for screenshots.
import { type RightsKey, rightsText } from '../../src/strings/rights'
import { type Person, somebody } from './people'
import type { Phone } from './phone'
import type { Sandbox } from './sandbox'

/** Is called at each screen with its name. */
export type Look = (name: string) => Promise<void>

/** Visits every screen in an order in which a person may see them, and calls `look` at each. */
export async function tour(phone: Phone, sandbox: Sandbox, look: Look): Promise<void> {
  const person = somebody()
  await sandbox.push(person, { enterprise: '样例沙盒餐饮有限公司（模拟）', roles: ['法定代表人', '股东'] })
  await entry(phone, person, look)
  await access(phone, person, look)
  await answers(phone, look)
  await around(phone, look)
}

async function entry(phone: Phone, person: Person, look: Look): Promise<void> {
  await phone.open()
  await phone.button('signIn').waitFor()
  await look('sign-in')
  await phone.signIn(person)
  await look('entry')
  await phone.press('seeTodos')
  await phone.press('validityAsk')
  await look('entry-required')
  await phone.open()
  await phone.button('seeTodos').and(phone.page.locator('[aria-disabled=false]')).waitFor()
}

async function access(phone: Phone, person: Person, look: Look): Promise<void> {
  await phone.type(person)
  await phone.press('seeTodos')
  await phone.at('noticesTitle')
  const box = phone.page.getByRole('checkbox').first()
  await box.waitFor()
  await look('notices')
  await phone.hands.check(box)
  await phone.hands.press(phone.page.getByText(phone.t('readAll')).filter({ visible: true }).first())
  await look('notices-read')
  await phone.consent()
  await phone.at('identityTitle')
  await look('identity')
  await phone.press('agreeAndVerify')
  await phone.at('faceTitle')
  await look('face')
  await phone.face()
  await phone.at('bankTitle')
  await phone.press('verify')
  await phone.field('card').and(phone.page.locator('[aria-invalid]')).waitFor()
  await look('bank-card')
  await phone.bankCard(person)
  await phone.at('successTitle')
  await look('success')
  await phone.press('continue')
  await phone.page.getByRole('img', { name: phone.t('photoAlt') }).waitFor()
  await look('photo')
  await phone.press('seeTodos')
  await phone.at('listTitle')
}

async function answers(phone: Phone, look: Look): Promise<void> {
  const card = phone.page.getByRole('button', { name: new RegExp(`^${phone.t('confirmBusiness')} `) })
  await card.first().waitFor()
  await look('list')
  await phone.openTodo()
  await look('detail')
  await phone.press('confirm')
  await phone.at('noticesTitle')
  await phone.page.getByRole('checkbox').first().waitFor()
  await look('notices-again')
  await phone.consent()
  await phone.at('identityAgain')
  await look('identity-again')
  await phone.press('agreeAndVerify')
  await phone.at('faceTitle')
  await phone.face()
  await phone.at('successTitle')
  await phone.press('continue')
  await phone.pad().waitFor()
  await phone.page.getByRole('img', { name: phone.t('photoAlt') }).waitFor()
  await phone.sign()
  await look('sign')
  await phone.press('clear')
  await phone.press('enlarge')
  await phone.sign()
  await look('sign-large')
  await phone.press('reduce')
  await phone.press('confirm')
  await phone.at('doneTitle')
  await phone.page.getByRole('button', { name: new RegExp(`^${phone.t('nextTodo')} `) }).waitFor()
  await look('done')
  await phone.press('backToList')
  await phone.at('listTitle')
  await phone.openTodo()
  await phone.press('notMine')
  await phone.at('refuseTitle')
  await phone.hands.check(phone.page.getByRole('radio').first())
  await look('refuse')
  await phone.press('refuseSubmit')
  await phone.at('refusedTitle')
  await look('done-refused')
  await phone.press('backToList')
  await phone.at('listTitle')
  await phone.reads(phone.t('refused'))
  await look('list-answered')
}

async function around(phone: Phone, look: Look): Promise<void> {
  const { page } = phone
  await phone.press('recordsTitle')
  await phone.at('recordsTitle')
  const receipt = page.getByRole('button', { name: new RegExp(`^${phone.t('receipt')} `) }).first()
  await receipt.waitFor()
  await look('records')
  await phone.hands.press(receipt)
  await phone.at('recordTitle')
  await phone.hands.press(page.getByText(phone.t('signedData')).filter({ visible: true }))
  await look('record')
  await phone.open()
  await phone.button('goOn').waitFor()
  await phone.hands.press(page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }))
  await look('entry-menu')
  await phone.press('consentsTitle')
  await phone.at('consentsTitle')
  await page
    .getByRole('button', { name: new RegExp(`^${phone.t('withdraw')} `) })
    .first()
    .waitFor()
  await look('consents')
  await rights(phone, look)
  await phone.open()
  await phone.press('supportLink')
  await page.getByRole('img', { name: phone.t('qrAlt') }).waitFor()
  await look('support')
  await phone.press('faqTitle')
  await phone.at('faqTitle')
  await phone.reads(/\d/)
  await look('faq')
  await phone.setOffline(true)
  await phone.hands.fill(phone.field('search'), '人脸')
  await phone.press('search')
  await page.getByRole('alert').filter({ visible: true }).waitFor()
  await look('offline')
  await phone.setOffline(false)
}

/** Looks at the screens on the rights of the person, which the menu of the entry leads to. */
async function rights(phone: Phone, look: Look): Promise<void> {
  const button = (key: RightsKey) =>
    phone.page.getByRole('button', { name: rightsText(phone.language, key), exact: true })
  const open = async () => {
    await phone.open()
    await phone.hands.press(phone.page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }))
    await phone.press('myDataTitle')
    await phone.at('myDataTitle')
    await phone.page.locator('summary').filter({ visible: true }).first().waitFor()
  }
  await open()
  await look('my-data')
  for (const [key, screen] of [
    ['accessesTitle', 'who-looked'],
    ['correctionsTitle', 'corrections'],
    ['eraseTitle', 'erase'],
  ] as const) {
    await open()
    await phone.hands.press(button(key))
    const heading = { level: 1, name: rightsText(phone.language, key), exact: true }
    await phone.page.getByRole('heading', heading).waitFor()
    await phone.page.waitForLoadState('networkidle')
    await look(screen)
  }
}
