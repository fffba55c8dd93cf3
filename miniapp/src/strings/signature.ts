import { text } from './table'

export const signature = {
  signTitle: text('确认并签字', '確認並簽字', 'Confirm and sign'),
  userInfo: text('用户信息', '用戶資料', 'You'),
  businessInfo: text('业务信息', '業務資料', 'Registration'),
  signHere: text('请在框内手写签名', '請在框內手寫簽名', 'Sign by hand in the box'),
  padLabel: text(
    '手写签名框，请用手指或鼠标书写',
    '手寫簽名框，請用手指或滑鼠書寫',
    'Signature pad. Write with a finger or a mouse',
  ),
  padHelp: text(
    '无法手写的，请到登记窗口办理，结果相同。',
    '無法手寫的，請到登記窗口辦理，結果相同。',
    'If you cannot write here, please go to the service window. The result is the same.',
  ),
  cannotWrite: text(
    '不能用手指、笔或鼠标书写？',
    '不能用手指、筆或滑鼠書寫？',
    'Cannot write with a finger, pen or mouse?',
  ),
  cannotWriteLead: text(
    '确认业务须手写签名，键盘不能代替。请携带证件原件到登记窗口办理，不必在这里核验，结果相同。答复“不是我办的”不需要签名。',
    '確認業務須手寫簽名，鍵盤不能代替。請攜帶證件原件到登記窗口辦理，不必在這裡核驗，結果相同。答覆「不是我辦的」不需要簽名。',
    'To confirm, you have to sign by hand; a keyboard cannot do it. Please take your original document to the service window instead of verifying here. The result is the same. The answer “This was not me” needs no signature.',
  ),
  undo: text('撤销一笔', '撤銷一筆', 'Undo'),
  clear: text('清除重写', '清除重寫', 'Clear'),
  enlarge: text('横屏签名', '橫屏簽名', 'Enlarge'),
  reduce: text('完成', '完成', 'Done'),
  padNearlyFull: text(
    '快写满了，请尽快写完。',
    '快寫滿了，請儘快寫完。',
    'The pad is nearly full. Please finish soon.',
  ),
  padLate: text(
    '距离第一笔已超过九分钟，不能再添加。可以提交已写的签名，或清除后重写。',
    '距離第一筆已超過九分鐘，不能再添加。可以提交已寫的簽名，或清除後重寫。',
    'More than nine minutes have passed since the first stroke, so nothing can be added. Submit the signature as it is, or clear it and sign again.',
  ),
  padFull: text(
    '笔画过多，请清除后重写。',
    '筆畫過多，請清除後重寫。',
    'There are too many strokes. Please clear the pad and sign again.',
  ),
} as const
