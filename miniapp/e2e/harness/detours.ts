// The screens on ways that do not lead to the list, for axe and for screenshots.
import { appealOf, exhaustTries, sample } from './appeal'
import { appointmentOf } from './appointment'
import { type Person, somebody } from './people'
import type { Phone } from './phone'
import type { Look } from './tour'

type LookAtPhone = (phone: Phone, name: string) => Promise<void>
type WithPhone = (use: (phone: Phone) => Promise<void>) => Promise<void>

/** Visits these screens, each way with a person of its own. */
export async function detours(withPhone: WithPhone, look: LookAtPhone): Promise<void> {
  await withPhone(async (phone) => failed(phone, somebody('21'), 'another face', () => look(phone, 'failure-again')))
  await withPhone(async (phone) => failed(phone, somebody('03'), 'Show the face', () => look(phone, 'failure-window')))
  await withPhone(async (phone) => failed(phone, somebody('22'), 'Show the face', () => look(phone, 'failure-mend')))
  await withPhone(async (phone) => {
    const person = somebody('15')
    await phone.open()
    await phone.signIn(person)
    await phone.begin(person)
    await phone.face()
    await phone.bankCard(person)
    await phone.at('successTitle')
    await phone.press('continue')
    await phone.reads(phone.t('noPhoto'))
    await look(phone, 'photo-none')
    await phone.press('seeTodos')
    await phone.reads(phone.t('listEmpty'))
    await look(phone, 'list-empty')
    await phone.press('haveCode')
    await phone.at('invitedTitle')
    await phone.hands.fill(phone.field('code'), 'BBBB BBBB')
    await phone.press('useCode')
    await phone.reads(phone.t('invitedNothing'))
    await look(phone, 'invited-nothing')
  })
  await withPhone((phone) => appeal(phone, (name) => look(phone, name)))
  await withPhone((phone) => appointment(phone, (name) => look(phone, name)))
}

async function failed(phone: Phone, person: Person, how: string, look: () => Promise<void>): Promise<void> {
  await phone.open()
  await phone.signIn(person)
  await phone.begin(person)
  await phone.face(how)
  await phone.button('supportTitle').waitFor()
  await look()
}

/** Appeals when no try is left, with photos and a video. */
async function appeal(phone: Phone, look: Look): Promise<void> {
  const { page } = phone
  const { a, press, at, pick } = appealOf(phone)
  const person = somebody('02')
  await phone.open()
  await phone.signIn(person)
  await phone.begin(person)
  await phone.face()
  await exhaustTries(phone)
  await look('failure-tries')
  await phone.press('appealTitle')
  await at('newTitle')
  await look('appeal-new')
  await press(a('begin'))
  await at('title')
  const { items } = await phone.ask('/v1/appeals/checklist', '/v1/appeals/checklist?failure=tries_exhausted')
  for (const { title, kind } of items) {
    await (kind === 'video'
      ? pick(title, 'video.mp4', 'video/mp4', await sample('short.mp4'))
      : pick(title, 'photo.jpg', 'image/jpeg', await sample('photo.jpg')))
    await page.getByRole('region', { name: title }).getByText(a('ready'), { exact: true }).waitFor()
  }
  await look('appeal-materials')
  await page.getByLabel(a('contact')).fill(person.phone)
  await page.getByLabel(a('text'), { exact: true }).fill('照片是本人')
  await press(a('submit'))
  await page.getByText(a('state_submitted'), { exact: true }).waitFor()
  await look('appeal-submitted')
}

/** Books a time at the service window, and takes a number at its door. */
async function appointment(phone: Phone, look: Look): Promise<void> {
  const { page } = phone
  const { press, at, choose } = appointmentOf(phone)
  const person = somebody('03')
  await phone.open()
  await phone.signIn(person)
  await phone.begin(person)
  await phone.face()
  await phone.fails('face_no_record')
  await press('title')
  await at('title')
  await look('appointment-times')
  await choose()
  await at('booked')
  await look('appointment-booked')
  await press('cancel')
  await at('title')
  await page.goto('about:blank') // the QR code at the door is scanned
  await page.goto(`${phone.sandbox.api}/#/pages/screen/index?s=office&id=320500`)
  await at('officeTitle')
  await look('office')
  await press('take')
  await page.getByText(/^B\d{3}$/).waitFor()
  await look('office-number')
}
