const cancelled = 11

/**
 * Asks for one message of a template of one-time subscription, or does not ask if the person once agreed for good. In
 * both cases Alipay lists the templates that are subscribed in the end.
 * Source: https://opendocs.alipay.com/mini/api/requestSubscribeMessage.
 */
export function subscribe(template: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    my.requestSubscribeMessage?.({
      entityIds: [template],
      success: (got) => resolve(got?.behavior === 'subscribe' && !!got.result?.subscribedEntityIds?.includes(template)),
      fail: (reason) =>
        reason?.errorCode === undefined || Number(reason.errorCode) === cancelled
          ? resolve(false)
          : reject(new Error(`no answer to the question: ${reason.errorCode}`)),
    })
  })
}
