// Plays a newcomer in a browser: from the entry to the first confirmation, next to a sandbox that runs already.
// Usage: tsx e2e/first.ts API SANDBOX
import { launch } from './harness/browser'
import { newPhone } from './harness/new-phone'
import { sample } from './harness/people'
import { Sandbox } from './harness/sandbox'

const [api, control] = process.argv.slice(2)
if (!api || !control) throw new Error('usage: first.ts API SANDBOX')
const sandbox = new Sandbox(api, control, '', async () => {})
const browser = await launch()
try {
  const phone = await newPhone(browser, sandbox)
  const person = sample('01') // the sandbox has pushed a case for this person
  await phone.arrive(person)
  await phone.openTodo()
  await phone.secondCheck()
  await phone.sign()
  await phone.press('confirm')
  await phone.at('doneTitle')
} finally {
  await browser.close()
}
