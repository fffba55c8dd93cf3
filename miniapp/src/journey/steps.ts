import type { Session, Verification } from '../api/types'
import { checkOf } from './next'
import type { Route, Screen } from './route'

/** The steps of a journey by name, and the index of the one that the person is at. */
export interface Steps {
  names: readonly string[]
  current: number
}

/** What the steps depend on. */
export interface StepsContext {
  session: Session | undefined
  verification: Verification | undefined
  /** The type of the document that is being entered. */
  documentType: string
}

/** The screens before the verification is started. */
const before: readonly Screen[] = ['entry', 'authorize', 'notices', 'identity']

/** Screens that are part of no journey, and may be opened in the middle of one. */
const aside: readonly Screen[] = ['refuse', 'records', 'record', 'consents', 'support', 'faq', 'rules']

/** Returns the steps of the journey that a screen is part of. The checks are those of the verification, once it is started. */
export function stepsOf(route: Route, context: StepsContext): Steps | undefined {
  if (aside.includes(route.screen)) return undefined
  return isConfirm(route, context.verification) ? confirmSteps(route, context) : accessSteps(route, context)
}

function isConfirm({ screen, purpose }: Route, v: Verification | undefined): boolean {
  if (screen === 'detail' || screen === 'sign' || screen === 'done') return true
  if (screen === 'list' || screen === 'invited') return false
  return before.includes(screen) ? purpose === 'confirm' : v?.purpose === 'confirm'
}

/** 身份信息 → 人脸 → 银行卡 → 待办. */
function accessSteps({ screen }: Route, { session, verification, documentType }: StepsContext): Steps {
  const entered = before.includes(screen)
  const own = !entered && verification?.purpose === 'access' ? verification : undefined
  const type = entered ? documentType : (session?.access?.document.type ?? documentType)
  const checks = own ? own.checks.map(({ check }) => check) : usualChecks(type)
  const names = ['identity', ...checks, 'todos']
  if (entered) return { names, current: 0 }
  const due = dueCheck(screen, own)
  return { names, current: due === undefined ? names.length - 1 : Math.max(names.indexOf(due), 0) }
}

/** 业务详情 → 人脸 → 签名 → 完成. */
function confirmSteps({ screen }: Route, { verification }: StepsContext): Steps {
  const own = verification?.purpose === 'confirm' ? verification : undefined
  const checks = own?.checks.map(({ check }) => check) ?? ['face']
  const names = ['detail', ...checks, 'sign', 'finish']
  if (screen === 'detail') return { names, current: 0 }
  if (screen === 'done') return { names, current: names.length - 1 }
  if (before.includes(screen)) return { names, current: 1 }
  const due = dueCheck(screen, own)
  return { names, current: due === undefined ? names.length - 2 : Math.max(names.indexOf(due), 0) }
}

/** Returns the check that a screen is about. Returns undefined after the last one. */
function dueCheck(screen: Screen, v: Verification | undefined): string | undefined {
  if (screen !== 'failure') return checkOf(screen)
  return v?.next?.check ?? v?.checks.find(({ kind }) => kind === 'failed')?.check ?? ''
}

/** The checks before a verification is started, as in the policy that the server comes with. */
function usualChecks(documentType: string): string[] {
  return documentType === 'resident_id' ? ['face', 'bank_card'] : ['face']
}
