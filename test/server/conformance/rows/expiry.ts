import { gone, req, rsp, section } from '../row.ts';

const minute = 60;
const year = 31_536_000;
const session = (expiry: string) => `A = {"SH_NEW":{"name":"a","expiry":{${expiry}}}}`;
const shared = (seconds: number) =>
  `A = {"SH_NEW":{"name":"s","shared":true,"expiry":{"duration":${seconds},"deleteSession":true}}}`;
const going = (seconds: number) => session(`"duration":${seconds},"deleteSession":true`);
const staying = (seconds: number) => session(`"duration":${seconds},"deleteSession":false`);
const set = req('KV_SET', '"tkn":"<A>","keys":{"a":1}');
/** So that all have no keys in the end; moves no deadline. */
const clear = req('KV_CLEAR', '"tkn":"<A>"');
const count = req('KV_COUNT', '"tkn":"<A>"');
const counted = (cnt: number) => rsp('KV_COUNT', `"st":1,"cnt":${cnt},"tkn":"<A>"`);
const info = req('SH_INFO', '"tkn":"<A>"');
const infoReply = (duration: number, left: number, flags: string) =>
  rsp(
    'SH_INFO',
    `"st":1,"tkn":"<A>","shared":false,"keyCnt":0,"expiry":{"expires":true,"duration":${duration},"time":<now+${left}>,${flags}}`,
  );

/** Commands with the deadline they leave behind, a session that extends on both, asked after 10 s. */
const onKeys: [request: string, extendsOnSet: boolean, extendsOnGet: boolean][] = [
  [req('KV_SET', '"tkn":"<A>","keys":{}'), true, false],
  [req('KV_SETQ', '"tkn":"<A>","keys":{}'), true, false],
  [req('KV_ADD', '"tkn":"<A>","keys":{}'), true, false],
  [req('KV_ADDQ', '"tkn":"<A>","keys":{}'), true, false],
  [req('KV_GET', '"tkn":"<A>","keys":[]'), false, true],
  [req('KV_RMV', '"tkn":"<A>","keys":["x"]'), false, false],
  [req('KV_CLEAR', '"tkn":"<A>"'), false, false],
  [req('KV_COUNT', '"tkn":"<A>"'), false, false],
  [req('KV_CONTAINS', '"tkn":"<A>","keys":[]'), false, false],
  [req('KV_FIND', '"tkn":"<A>","path":"$","rsp":"keys"'), false, false],
  [req('KV_UPDATE', '"tkn":"<A>","key":"x","path":"$","value":1'), false, false],
  [req('KV_KEYS', '"tkn":"<A>"'), false, false],
  [req('SH_KEYS', '"tkn":"<A>"'), false, false],
  [req('KV_CLEAR_SET', '"tkn":"<A>","keys":{}'), false, false],
  [req('KV_ARR_APPEND', '"tkn":"<A>","key":"x","items":[]'), false, false],
  [req('KV_TAKE', '"tkn":"<A>","keys":[]'), false, true],
  [req('KV_INCR', '"tkn":"<A>","key":"n"'), true, false],
  [req('KV_CAS', '"tkn":"<A>","key":"n","value":1'), true, false],
  [req('SH_INFO', '"tkn":"<A>"'), false, false],
  [req('SH_EXISTS', '"tkns":["<A>"]'), false, false],
];
const failing = [
  req('KV_SET', '"tkn":"<A>","keys":5'),
  req('KV_SET', '"keys":{}'),
  req('KV_GET', '"tkn":"<A>"'),
  req('KV_INCR', '"tkn":"<A>","key":"n","by":1.0'),
];
const extending = (onSet: boolean, onGet: boolean) =>
  session(`"duration":60,"deleteSession":true,"extendOnSetAdd":${onSet},"extendOnGet":${onGet}`);
const extended = (left: number, onSet: boolean, onGet: boolean) =>
  infoReply(
    60,
    left,
    `"deleteSession":true,"remaining":${left},"extendOnSetAdd":${onSet},"extendOnGet":${onGet}`,
  );

export const expiry = section('4.1 Expiry', [
  ...[1, 2, 5, minute, 3600, 86_400, 30 * 86_400, year, 100 * year].flatMap((seconds) => [
    ['never early', [going(seconds), set, `wait ${seconds - 0.125}`], count, counted(1)] as const,
    [
      'D40: at the deadline the session is gone',
      [going(seconds), set, `wait ${seconds}`],
      count,
      gone('KV_COUNT', '<A>'),
    ] as const,
    [
      'D40: at the deadline the keys are gone',
      [staying(seconds), set, `wait ${seconds}`],
      count,
      counted(0),
    ] as const,
  ]),
  [
    'D40: the totals show nothing expired',
    [going(5), set, 'wait 5'],
    req('SH_INFO_ALL'),
    rsp('SH_INFO_ALL', '"totalSessions":1,"totalKeys":0'),
  ],
  [
    'D40: the totals show no expired keys',
    [staying(5), set, 'wait 5'],
    req('SH_INFO_ALL'),
    rsp('SH_INFO_ALL', '"totalSessions":2,"totalKeys":0'),
  ],
  [
    'D40: SH_EXISTS shows nothing expired',
    [going(5), 'wait 5'],
    req('SH_EXISTS', '"tkns":["<A>","<T>"]'),
    rsp('SH_EXISTS', '"st":1,"exist":["<T>"]'),
  ],
  [
    'D40: SH_END_ALL counts nothing expired',
    [going(5), 'wait 5'],
    req('SH_END_ALL'),
    rsp('SH_END_ALL', '"st":1,"cnt":1'),
  ],
  [
    'a shared name can be opened no more',
    [shared(5), 'wait 5'],
    req('SH_OPEN', '"name":"s"'),
    rsp('SH_OPEN', '"st":102,"name":"s","tkn":null'),
  ],
  [
    'a shared name may be created again',
    [shared(5), 'wait 5'],
    req('SH_NEW', '"name":"s","shared":true'),
    rsp('SH_NEW', '"st":1,"name":"s","tkn":"<A>"'),
  ],
  ['created again it is empty', [shared(5), set, 'wait 5', shared(5)], count, counted(0)],
  ['duration 0 never expires', [going(0), set, `wait ${100 * year}`], count, counted(1)],
  [
    'D14: the next deadline is the old one plus duration',
    [staying(60), 'wait 70'],
    info,
    infoReply(60, 50, '"deleteSession":false,"remaining":50'),
  ],
  [
    'D14: and so on for ever',
    [staying(60), 'wait 6010'],
    info,
    infoReply(60, 50, '"deleteSession":false,"remaining":50'),
  ],
  [
    'D14: the second term clears too',
    [staying(60), 'wait 70', set, 'wait 49.875'],
    count,
    counted(1),
  ],
  ['D14: the second term clears too', [staying(60), 'wait 70', set, 'wait 50'], count, counted(0)],
  [
    'D15: SH_END cancels no other timer',
    [
      going(60),
      'B = {"SH_NEW":{"name":"b","expiry":{"duration":60,"deleteSession":true}}}',
      req('SH_END', '"tkn":"<B>"'),
      'wait 60',
    ],
    count,
    gone('KV_COUNT', '<A>'),
  ],
  [
    'D15: the old timer leaves the new session of the name alone',
    [shared(60), req('SH_END', '"tkn":"<A>"'), 'wait 30', shared(60), 'wait 30'],
    count,
    counted(0),
  ],
  [
    'D15: SH_END_ALL cancels the timers',
    [shared(60), req('SH_END_ALL'), shared(90), 'wait 60'],
    count,
    counted(0),
  ],
  ...onKeys.flatMap(([request]) => [
    [
      'D13: no command moves a deadline',
      [going(60), 'wait 10', request, clear],
      info,
      infoReply(60, 50, '"deleteSession":true,"remaining":50'),
    ] as const,
  ]),
  ...onKeys.flatMap(([request, onSet]) => [
    [
      'D45: extendOnSetAdd',
      [extending(true, false), 'wait 10', request, clear],
      info,
      extended(onSet ? 60 : 50, true, false),
    ] as const,
  ]),
  ...onKeys.flatMap(([request, , onGet]) => [
    [
      'D45: extendOnGet',
      [extending(false, true), 'wait 10', request, clear],
      info,
      extended(onGet ? 60 : 50, false, true),
    ] as const,
  ]),
  ...failing.map(
    (request) =>
      [
        'a refused command extends nothing',
        [extending(true, true), 'wait 10', request],
        info,
        extended(50, true, true),
      ] as const,
  ),
  [
    'an extended session lives until its new deadline',
    [extending(true, false), 'wait 59', set, 'wait 59.875'],
    count,
    counted(1),
  ],
  [
    'and no longer',
    [extending(true, false), 'wait 59', set, 'wait 60'],
    count,
    gone('KV_COUNT', '<A>'),
  ],
  [
    'an expired session is not revived',
    [extending(true, true), 'wait 60'],
    set,
    gone('KV_SET', '<A>'),
  ],
  [
    'D44: with duration 0 they do nothing',
    [
      session('"duration":0,"deleteSession":true,"extendOnGet":true'),
      req('KV_GET', '"tkn":"<A>","keys":[]'),
      `wait ${year}`,
    ],
    count,
    counted(0),
  ],
]);
