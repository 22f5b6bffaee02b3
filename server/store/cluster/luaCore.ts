/**
 * What all functions share. A session is one hash, `{bucket}token`: the field of one byte 255, which no key can
 * be, has all that is not a key, packed; each other field is a key, its value behind the place of the key. Beside the
 * sessions, a bucket has an index by creation, an index by deadline, and its totals. See docs/cluster.md.
 */
export const luaCore = String.raw`
local META = '\255'
local SHARED, TERM, DELETES, EXTENSION, ON_SET, ON_GET = 1, 2, 4, 8, 16, 32
local SESSION_BYTES, KEY_BYTES = 420, 100
local MAX_KEYS = 8000000
local AT_ONCE = 1000
local MOST_PUBLISHED = 500000
local MOST_LARGEST = 50

-- Of the call that is carried out: the keys of its bucket, its session, its moment and who asked.
local I, X, C, S, token, now, cause
-- The last change of the bucket that was published; false: nobody follows, nil: not looked at yet.
local last
-- Bytes of keys that are gone and may still be published.
local room

local function nodeTime()
  local parts = redis.call('TIME')
  return parts[1] * 1000 + parts[2] / 1000
end

-- Asked for only where it matters: most reads need no time.
local function time()
  if not now then now = nodeTime() end
  return now
end

local function has(m, flag) return bit.band(m.flags, flag) ~= 0 end
local function num(n) return string.format('%.17g', n) end
local function limit(name) return redis.error_reply('LIMIT ' .. name) end

local function unpackMeta(raw)
  local m, at = {}, nil
  m.flags, m.created, m.seq, m.bytes, m.changed, at = struct.unpack('>BdI6I6I6', raw)
  if has(m, TERM) then m.start, m.dur, at = struct.unpack('>dI7', raw, at) end
  m.name = string.sub(raw, at)
  return m
end

local function packMeta(m)
  local raw = struct.pack('>BdI6I6I6', m.flags, m.created, m.seq, m.bytes, m.changed)
  if m.dur then raw = raw .. struct.pack('>dI7', m.start, m.dur) end
  return raw .. m.name
end

local function save(m) redis.call('HSET', S, META, packMeta(m)) end

local function deadline(m) return m.start + m.dur * 1000 end

local function watch(m)
  if m.dur then redis.call('ZADD', X, num(deadline(m)), token) else redis.call('ZREM', X, token) end
end

local function termText(m)
  if not m.dur then return '' end
  return num(m.start) .. ' ' .. num(m.dur) .. ' ' .. (has(m, DELETES) and '1' or '0')
end

-- Followers say until when they follow. That is kept with the data, and so is the last change that was published: a
-- follower that loses a message or the connection can see it. The time is always that of the node.
local function isFollowed()
  if last ~= nil then return last end
  local kept = redis.call('HMGET', C, 'w', 's')
  last = false
  if kept[1] then
    if tonumber(kept[1]) > nodeTime() then last = tonumber(kept[2] or 0)
    else redis.call('HDEL', C, 'w') end
  end
  return last
end

-- A change for those who follow: each part behind its length, numbered, with the number of the change before.
local function publish(kind, by, term, lists)
  if not isFollowed() then return end
  local id = math.max(last + 1, math.floor(time() * 1000))
  local parts = {kind, by and cause or '', num(time()), term, num(last), num(id)}
  for _, list in ipairs(lists) do
    parts[#parts + 1] = tostring(#list)
    for at = 1, #list do parts[#parts + 1] = list[at] or '' end
  end
  for at, part in ipairs(parts) do parts[at] = #part .. ':' .. part end
  last = id
  redis.call('HSET', C, 's', num(id))
  redis.call('SPUBLISH', I, table.concat(parts))
end

-- All that the session holds, before it goes; nothing when nobody follows, or it is too much.
local function held(m)
  if not isFollowed() or m.bytes > room then return {} end
  room = room - m.bytes
  return redis.call('HGETALL', S)
end

local function addUp(keys, bytes)
  if keys ~= 0 then redis.call('HINCRBY', C, 'k', keys) end
  if bytes ~= 0 then redis.call('HINCRBY', C, 'b', bytes) end
end

local function present(keys)
  local found = {}
  for from = 1, #keys, AT_ONCE do
    local some = redis.call('HMGET', S, unpack(keys, from, math.min(from + AT_ONCE - 1, #keys)))
    for at, stored in ipairs(some) do found[from + at - 1] = stored end
  end
  return found
end

local function listFrom(args, first, step)
  local list = {}
  for at = first, #args, step or 1 do list[#list + 1] = args[at] end
  return list
end

local function count() return redis.call('HLEN', S) - 1 end

local function drop(m)
  addUp(-count(), -m.bytes)
  redis.call('UNLINK', S)
  redis.call('ZREM', I, token)
  if m.dur then redis.call('ZREM', X, token) end
end

local function noteChanged(m) m.changed = math.max(1, math.floor(time() - m.created)) end

-- Removes all keys, and with them what must be saved again.
local function clearKeys(m)
  local keys = count()
  local bytes = SESSION_BYTES + #m.name
  addUp(-keys, bytes - m.bytes)
  m.bytes = bytes
  noteChanged(m)
  redis.call('UNLINK', S)
  return keys
end

local function expire(m)
  local keys, gone = tostring(count()), held(m)
  if has(m, DELETES) then
    drop(m)
    publish('ended', false, '', {{token}, {m.name}, {num(m.created)}, {keys}, gone})
    return nil
  end
  local term = m.dur * 1000
  m.start = m.start + math.max(1, math.floor((time() - m.start) / term)) * term
  clearKeys(m)
  save(m)
  watch(m)
  publish('cleared', false, termText(m), {{token}, {keys}, gone})
  return m
end

-- Expiry is checked here: nothing may revive a dead session. Also: whether all keys went in this moment.
local function living(raw)
  if not raw then return nil end
  local m = unpackMeta(raw)
  if m.dur and deadline(m) <= time() then return expire(m), true end
  return m, false
end

local function load() return living(redis.call('HGET', S, META)) end

-- The living session, and the stored values of some keys; false for a key that is not there.
local function loadWith(keys)
  local size = #keys
  if size >= AT_ONCE then
    local m = load()
    return m, m and present(keys)
  end
  local fields = redis.call('HMGET', S, META, unpack(keys))
  local m, isCleared = living(fields[1])
  for at = 1, size do fields[at] = not isCleared and fields[at + 1] end
  fields[size + 1] = nil
  return m, fields
end

local function extend(m, flag)
  if not m.dur or not has(m, flag) then return false end
  m.start = time()
  watch(m)
  return true
end

local function start(keys, args)
  I, X, C, S = keys[1], keys[2], keys[3], keys[4]
  cause, token = args[2], args[3]
  now, last, room = tonumber(args[1]), nil, MOST_PUBLISHED
end

-- What reads or removes is carried out though the memory is full.
local function register(name, work, flags)
  redis.register_function{
    function_name = 'NAME_' .. name,
    callback = function(keys, args)
      start(keys, args)
      return work(args, keys)
    end,
    flags = flags or {'allow-oom'},
  }
end

-- About one session: nil when it is not there.
local function forSession(name, work, flags)
  register(name, function(args)
    local m = load()
    if not m then return false end
    return work(m, args)
  end, flags)
end

-- About keys of one session, which follow, each so many places behind the one before.
local function forKeys(name, places, work, flags)
  register(name, function(args)
    local keys = listFrom(args, places.first, places.step)
    local m, old = loadWith(keys)
    if not m then return false end
    return work(m, keys, old, args)
  end, flags)
end

-- About several sessions of a bucket, whose tokens follow the cause.
local function forEach(keys, args, work)
  for at = 4, #keys do
    S, token = keys[at], args[at - 1]
    if work(load()) == false then return end
  end
end
`;
