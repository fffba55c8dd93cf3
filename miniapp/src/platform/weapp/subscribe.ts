/**
 * WeChat answers for each template with accept (followed by more words if the message has a sound), reject, ban or
 * filter. It fails if the person has switched all messages off, which counts as a no.
 */
export function subscribe(template: string): Promise<boolean> {
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: [template],
      success: (answers) => resolve(/^accept/.test(answers?.[template] ?? '')),
      fail: () => resolve(false),
    })
  })
}
