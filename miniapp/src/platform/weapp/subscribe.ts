/**
 * WeChat answers for each template: accept (with words behind it where the message has a sound), reject, ban or filter.
 * It fails where the person has switched all messages off, which is a no as well.
 */
export function subscribe(template: string): Promise<boolean> {
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: [template], success: (answers) => resolve(/^accept/.test(answers?.[template] ?? '')), fail: () => resolve(false),
    })
  })
}
