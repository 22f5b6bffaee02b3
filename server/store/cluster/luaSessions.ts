/** Making, ending and looking at sessions. */
export const luaSessions = String.raw`
local function facts(m) return {packMeta(m), count(), num(time())} end

-- Begins now, unless the time of creation and the start of its term are given.
local function make(args, from)
  local created, start = tonumber(args[from + 3]) or time(), tonumber(args[from + 4]) or time()
  local m = {flags = tonumber(args[from]), created = created, seq = 0, changed = 0, name = args[from + 2]}
  m.bytes = SESSION_BYTES + #m.name
  if has(m, TERM) then m.start, m.dur = start, tonumber(args[from + 1]) end
  redis.call('ZADD', I, num(m.created), token)
  addUp(0, m.bytes)
  if m.dur then watch(m) end
  return m
end

local function publishCreated(m, by, keys, values)
  publish(by, true, termText(m), {{token}, {tostring(m.flags), m.name, num(m.created)}, keys, values})
end

-- 1: made. 0: there is one, 2: a shared one.
register('new', function(args)
  local there = load()
  if there then return has(there, SHARED) and 2 or 0 end
  local m = make(args, 4)
  save(m)
  publishCreated(m, 'created', {}, {})
  return 1
end, {})

-- With keys; 1: put back.
register('restore', function(args)
  if load() then return 0 end
  local m = make(args, 4)
  local keys, values = pairsFrom(args, 9)
  put(m, keys, values, {})
  m.changed = 0
  save(m)
  publishCreated(m, 'loaded', keys, values)
  return 1
end, {})

register('end', function(args, keys)
  local gone, names, made, counts, fields = {}, {}, {}, {}, {}
  forEach(keys, args, function(m)
    if m then
      local at = #gone + 1
      gone[at], names[at], made[at] = token, m.name, num(m.created)
      counts[at], fields[at] = tostring(count()), held(m)
      drop(m)
    end
  end)
  if #gone > 0 then publish('ended', true, '', {gone, names, made, counts, unpack(fields)}) end
  return #gone
end)

-- Of each session: what it is, or nil.
register('facts', function(args, keys)
  local found = {}
  forEach(keys, args, function(m) found[#found + 1] = m and facts(m) or false end)
  return found
end)

-- As facts, with keys and values; fewer sessions when those come to so many bytes.
register('read', function(args, keys)
  local found, bytes = {}, 0
  forEach(keys, args, function(m)
    if not m then
      found[#found + 1] = false
      return
    end
    found[#found + 1] = {packMeta(m), redis.call('HGETALL', S)}
    bytes = bytes + m.bytes
    return bytes < 4000000
  end)
  return found
end)

forSession('touch', function(m, args)
  local dur = args[4] == '' and (m.dur or 0) or tonumber(args[4])
  local deletes = args[5] == '' and (not m.dur or has(m, DELETES)) or args[5] == '1'
  if dur == 0 and not m.dur then return facts(m) end
  m.flags = bit.band(m.flags, bit.bnot(TERM + DELETES))
  m.start, m.dur = nil, nil
  if dur > 0 then
    m.flags = m.flags + TERM + (deletes and DELETES or 0)
    m.start, m.dur = time(), dur
  end
  save(m)
  watch(m)
  publish('touched', true, termText(m), {{token}})
  return facts(m)
end)

-- Totals of the bucket; or, while sessions are due that nobody has looked at, their tokens.
register('totals', function()
  local due = redis.call('ZRANGEBYSCORE', X, '-inf', num(time()), 'LIMIT', 0, AT_ONCE)
  if #due > 0 then return due end
  local sums = redis.call('HMGET', C, 'k', 'b')
  return {redis.call('ZCARD', I), tonumber(sums[1] or 0), tonumber(sums[2] or 0)}
end)

-- The biggest keys of the session with their bytes, in no order.
local function largest()
  local found, cursor = {}, '0'
  local function keepBiggest()
    table.sort(found, function(one, other) return one[2] > other[2] end)
    for at = #found, MOST_LARGEST + 1, -1 do found[at] = nil end
  end
  repeat
    local part = redis.call('HSCAN', S, cursor, 'COUNT', AT_ONCE)
    cursor = part[1]
    for at = 1, #part[2], 2 do
      local name, stored = part[2][at], part[2][at + 1]
      if name ~= META then found[#found + 1] = {name, KEY_BYTES + #name + #stored - cutOf(stored)} end
    end
    if #found > MOST_LARGEST * 20 then keepBiggest() end
  until cursor == '0'
  keepBiggest()
  return found
end

-- Of each session: its biggest keys, or nil.
register('largest', function(args, keys)
  local found = {}
  forEach(keys, args, function(m) found[#found + 1] = m and largest() or false end)
  return found
end)

-- The last change of the bucket that was published.
local function lastChange() return redis.call('HGET', C, 's') or '0' end

-- Somebody follows the changes of the bucket for so many milliseconds more. Its last change, and whether somebody did until now.
register('follow', function(args)
  local before = isFollowed()
  local known = tonumber(redis.call('HGET', C, 'w') or 0)
  redis.call('HSET', C, 'w', num(math.max(known, nodeTime() + tonumber(args[3]))))
  return {lastChange(), before and 1 or 0}
end)

-- A server says that it is there, and what others need to know of it; without that it leaves. What all say, behind their ids.
register('meet', function(args)
  local id, text, forMs, found = args[3], args[4], tonumber(args[5]), {}
  if text == '' then redis.call('HDEL', I, id)
  else redis.call('HSET', I, id, num(nodeTime() + forMs) .. ' ' .. text) end
  local all = redis.call('HGETALL', I)
  for at = 1, #all, 2 do
    local untilMs, said = string.match(all[at + 1], '^(%S+) (.*)$')
    if tonumber(untilMs or 0) < nodeTime() then redis.call('HDEL', I, all[at])
    else found[#found + 1] = all[at] .. ' ' .. said end
  end
  return found
end)

-- Tokens of the bucket behind the times of their creation, the newest first.
register('tokens', function(args)
  local most = tonumber(args[3])
  return redis.call('ZREVRANGE', I, 0, most - 1, 'WITHSCORES')
end)
`;
