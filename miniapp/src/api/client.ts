import { bytesToBase64 } from '../strokes/base64'
import { Caller, type CallerOptions } from './caller'
import type { Body, Purpose } from './types'

/** Returns the API client: a function for each call. */
export function createClient(around: CallerOptions) {
  const c = new Caller(around)
  const picture = async (path: Parameters<typeof c.picture>[0], id?: string) => {
    const reply = await c.picture(path, id === undefined ? {} : { id })
    return `data:${reply.headers['content-type'] ?? 'image/png'};base64,${bytesToBase64(new Uint8Array(reply.bytes ?? new ArrayBuffer(0)))}`
  }
  return {
    openSession: (body: Body<'/v1/sessions', 'post'>) => c.call('post', '/v1/sessions', { keyed: true, body }),
    session: () => c.call('get', '/v1/session', {}),
    closeSession: () => c.call('delete', '/v1/session', {}),
    prefill: (authCode: string) =>
      c.call('post', '/v1/session/prefill', { keyed: true, body: { auth_code: authCode } }),
    prefillRemembered: () => c.call('put', '/v1/session/prefill', {}),
    beginOwnerCheck: () => c.call('put', '/v1/session/owner-check', {}),
    checkOwner: (body: Body<'/v1/session/owner-check/result', 'post'>) =>
      c.call('post', '/v1/session/owner-check/result', { keyed: true, body }),
    remember: (body: Body<'/v1/remembered-documents', 'post'>) =>
      c.call('post', '/v1/remembered-documents', { keyed: true, body }),

    notices: (query: { purpose: Purpose; document_type: string; channel: string }) =>
      c.call('get', '/v1/notices', { query }),
    accept: (body: Body<'/v1/consents', 'post'>) => c.call('post', '/v1/consents', { body }),
    consents: () => c.call('get', '/v1/consents', {}),
    withdraw: (id: string) => c.call('delete', '/v1/consents/{id}', { ids: { id } }),

    start: (body: Body<'/v1/verifications', 'post'>) => c.call('post', '/v1/verifications', { keyed: true, body }),
    verification: (id: string) => c.call('get', '/v1/verifications/{id}', { ids: { id } }),
    voidVerification: (id: string) => c.call('delete', '/v1/verifications/{id}', { ids: { id } }),
    startFace: (id: string) => c.call('post', '/v1/verifications/{id}/face', { ids: { id }, keyed: true }),
    faceResult: (id: string, attemptId: string) =>
      c.call('post', '/v1/verifications/{id}/face/result', { ids: { id }, body: { attempt_id: attemptId } }),
    bankCard: (id: string, body: Body<'/v1/verifications/{id}/bank-card', 'post'>) =>
      c.call('post', '/v1/verifications/{id}/bank-card', { ids: { id }, keyed: true, body }),
    document: (id: string) => c.call('post', '/v1/verifications/{id}/document', { ids: { id }, keyed: true }),
    fourElements: (id: string, body: Body<'/v1/verifications/{id}/four-elements', 'post'>) =>
      c.call('post', '/v1/verifications/{id}/four-elements', { ids: { id }, keyed: true, body }),
    portrait: (id: string) => picture('/v1/verifications/{id}/portrait', id),
    acceptPortrait: (id: string) => c.call('post', '/v1/verifications/{id}/portrait/accept', { ids: { id } }),

    todos: (cursor?: string) => c.call('get', '/v1/todos', { query: { cursor } }),
    invitation: (invitation: string) => c.call('post', '/v1/invitations', { body: { invitation } }),
    todo: (id: string) => c.call('get', '/v1/todos/{id}', { ids: { id } }),
    confirm: (id: string, body: Body<'/v1/todos/{id}/confirmation', 'post'>) =>
      c.call('post', '/v1/todos/{id}/confirmation', { ids: { id }, keyed: true, body }),
    refuse: (id: string, body: Body<'/v1/todos/{id}/refusal', 'post'>) =>
      c.call('post', '/v1/todos/{id}/refusal', { ids: { id }, keyed: true, body }),
    confirmations: (cursor?: string) => c.call('get', '/v1/confirmations', { query: { cursor } }),
    /** The answers of this session, masked, which need no access where the policy allows it. */
    sessionAnswers: () => c.call('get', '/v1/session/confirmations', {}),
    confirmation: (id: string) => c.call('get', '/v1/confirmations/{id}', { ids: { id } }),
    /** Returns the receipt's text unchanged: parsed and written again, it would not verify. */
    receipt: (id: string) => c.text('/v1/confirmations/{id}/receipt', { id }),

    notifications: () => c.call('get', '/v1/notifications', {}),
    agreeToNotification: () => c.call('post', '/v1/notifications', { keyed: true }),
    endNotifications: () => c.call('delete', '/v1/notifications', {}),

    myData: () => c.call('get', '/v1/me/data', {}),
    accesses: () => c.call('get', '/v1/me/accesses', {}),
    /** Returns the person's copy, a ZIP file. */
    copy: async () => (await c.picture('/v1/me/export', {})).bytes ?? new ArrayBuffer(0),
    activity: () => c.call('get', '/v1/me/activity', {}),
    freeze: () => c.call('post', '/v1/freeze', { body: { understood: true } }),
    freezes: () => c.call('get', '/v1/freeze', {}),
    liftFreeze: (verificationId: string) =>
      c.call('post', '/v1/freeze/lift', { body: { verification_id: verificationId } }),
    corrections: () => c.call('get', '/v1/me/corrections', {}),
    correct: (body: Body<'/v1/me/corrections', 'post'>) => c.call('post', '/v1/me/corrections', { keyed: true, body }),
    erase: () => c.call('post', '/v1/me/erasure', { body: { understood: true } }),
    erasure: (id: string) => c.call('get', '/v1/erasures/{id}', { ids: { id } }),

    checklist: (failure: string) => c.call('get', '/v1/appeals/checklist', { query: { failure } }),
    appeals: () => c.call('get', '/v1/appeals', {}),
    appeal: (id: string) => c.call('get', '/v1/appeals/{id}', { ids: { id } }),
    openAppeal: (body: Body<'/v1/appeals', 'post'>) => c.call('post', '/v1/appeals', { keyed: true, body }),
    withdrawAppeal: (id: string) => c.call('delete', '/v1/appeals/{id}', { ids: { id } }),
    submitAppeal: (id: string, body: Body<'/v1/appeals/{id}/submission', 'post'>) =>
      c.call('post', '/v1/appeals/{id}/submission', { ids: { id }, keyed: true, body }),
    answerAppeal: (id: string, text: string) =>
      c.call('post', '/v1/appeals/{id}/answer', { ids: { id }, keyed: true, body: { text } }),
    addMaterial: (id: string, body: Body<'/v1/appeals/{id}/materials', 'post'>) =>
      c.call('post', '/v1/appeals/{id}/materials', { ids: { id }, keyed: true, body }),
    putPart: (id: string, material: string, part: number, data: string) =>
      c.call('post', '/v1/appeals/{id}/materials/{material_id}/parts', {
        ids: { id, material_id: material },
        body: { part, data },
      }),
    completeMaterial: (id: string, material: string) =>
      c.call('post', '/v1/appeals/{id}/materials/{material_id}/completion', { ids: { id, material_id: material } }),
    agreeToReading: (id: string, body: Body<'/v1/appeals/{id}/reading-consent', 'post'>) =>
      c.call('post', '/v1/appeals/{id}/reading-consent', { ids: { id }, body }),
    withdrawReading: (id: string) => c.call('delete', '/v1/appeals/{id}/reading-consent', { ids: { id } }),
    readPhoto: (id: string, material: string) =>
      c.call('post', '/v1/appeals/{id}/materials/{material_id}/reading', { ids: { id, material_id: material } }),
    confirmReading: (
      id: string,
      material: string,
      body: Body<'/v1/appeals/{id}/materials/{material_id}/reading/confirmation', 'post'>,
    ) =>
      c.call('post', '/v1/appeals/{id}/materials/{material_id}/reading/confirmation', {
        ids: { id, material_id: material },
        body,
      }),
    removeMaterial: (id: string, material: string) =>
      c.call('delete', '/v1/appeals/{id}/materials/{material_id}', { ids: { id, material_id: material } }),

    offices: () => c.call('get', '/v1/offices', {}),
    slots: (office: string) => c.call('get', '/v1/slots', { query: { office } }),
    appointments: () => c.call('get', '/v1/appointments', {}),
    bookAppointment: (body: Body<'/v1/appointments', 'post'>) =>
      c.call('post', '/v1/appointments', { keyed: true, body }),
    changeAppointment: (id: string, startsAt: string) =>
      c.call('post', '/v1/appointments/{id}/change', { ids: { id }, keyed: true, body: { starts_at: startsAt } }),
    cancelAppointment: (id: string) => c.call('delete', '/v1/appointments/{id}', { ids: { id } }),
    takeNumber: (office: string) => c.call('post', '/v1/queue-numbers', { keyed: true, body: { office } }),
    queueNumbers: () => c.call('get', '/v1/queue-numbers', {}),

    support: () => c.call('get', '/v1/support', {}),
    supportQR: () => picture('/v1/support/qr'),
    openTicket: (body: Body<'/v1/support/tickets', 'post'>) => c.call('post', '/v1/support/tickets', { body }),
    ticket: (id: string) => c.call('get', '/v1/support/tickets/{id}', { ids: { id } }),
    ticketQR: (id: string) => picture('/v1/support/tickets/{id}/qr', id),
    faq: (query: { q?: string; failure?: string }) => c.call('get', '/v1/support/faq', { query }),
    failures: () => c.call('get', '/v1/failures', {}),
    authority: () => c.call('get', '/v1/authority', {}),
  }
}

export type Client = ReturnType<typeof createClient>
