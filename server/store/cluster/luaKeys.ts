/** What becomes of the keys of a session. */
export const luaPutting = String.raw`
local function pairsFrom(args, first) return listFrom(args, first, 2), listFrom(args, first + 1, 2) end

local function cutOf(stored) return string.find(stored, ' ', 1, true) end

local function areTooMany(keys, old)
  if #keys == 0 then return false end
  local new = 0
  for at = 1, #keys do if not old[at] then new = new + 1 end end
  return new > 0 and count() + new > MAX_KEYS
end

-- Stores the keys and saves what else has changed of the session.
local function put(m, keys, values, old)
  local fields, added, grown = {}, 0, 0
  for at, key in ipairs(keys) do
    local place
    if old[at] then
      local cut = cutOf(old[at])
      place = string.sub(old[at], 1, cut)
      grown = grown + #values[at] - (#old[at] - cut)
    else
      m.seq = m.seq + 1
      place = string.format('%.0f ', m.seq)
      added = added + 1
      grown = grown + KEY_BYTES + #key + #values[at]
    end
    fields[#fields + 1] = key
    fields[#fields + 1] = place .. values[at]
  end
  m.bytes = m.bytes + grown
  noteChanged(m)
  addUp(added, grown)
  fields[#fields + 1] = META
  fields[#fields + 1] = packMeta(m)
  for from = 1, #fields, AT_ONCE do
    redis.call('HSET', S, unpack(fields, from, math.min(from + AT_ONCE - 1, #fields)))
  end
end

-- Removes those of the keys that are there. They, and what they were.
local function remove(m, keys, old)
  local gone, before, shrunk = {}, {}, 0
  for at, key in ipairs(keys) do
    if old[at] then
      gone[#gone + 1] = key
      before[#gone] = old[at]
      shrunk = shrunk + KEY_BYTES + #key + #old[at] - cutOf(old[at])
    end
  end
  if #gone == 0 then return gone, before end
  for from = 1, #gone, AT_ONCE do
    redis.call('HDEL', S, unpack(gone, from, math.min(from + AT_ONCE - 1, #gone)))
  end
  m.bytes = m.bytes - shrunk
  noteChanged(m)
  addUp(-#gone, -shrunk)
  return gone, before
end

-- One character a key: whether it was there.
local function wereThere(old, size)
  local marks = {}
  for at = 1, size do marks[at] = old[at] and '1' or '0' end
  return table.concat(marks)
end

local function isTooLong(keys, values, most)
  local length = 0
  for at, key in ipairs(keys) do length = length + #key + (values[at] and #values[at] or 4) end
  return length > most
end
`;

export const luaKeys = String.raw`
local function publishStored(m, isExtended, keys, values, old)
  publish('stored', true, isExtended and termText(m) or '', {{token}, keys, values, old})
end

local function publishRemoved(m, isExtended, gone, before)
  publish('removed', true, isExtended and termText(m) or '', {{token}, gone, before})
end

local function publishExtended(m)
  save(m)
  publish('extended', true, termText(m), {{token}})
end

forKeys('set', {first = 4, step = 2}, function(m, keys, old, args)
  local values = listFrom(args, 5, 2)
  if areTooMany(keys, old) then return limit('max-keys') end
  local isExtended = extend(m, ON_SET)
  if #keys > 0 then
    put(m, keys, values, old)
    publishStored(m, isExtended, keys, values, old)
  elseif isExtended then publishExtended(m) end
  return wereThere(old, #keys)
end, {})

forKeys('add', {first = 4, step = 2}, function(m, keys, old, args)
  local values = listFrom(args, 5, 2)
  if areTooMany(keys, old) then return limit('max-keys') end
  local isExtended = extend(m, ON_SET)
  local newKeys, newValues = {}, {}
  for at, key in ipairs(keys) do
    if not old[at] then
      newKeys[#newKeys + 1] = key
      newValues[#newValues + 1] = values[at]
    end
  end
  if #newKeys > 0 then
    put(m, newKeys, newValues, {})
    publishStored(m, isExtended, newKeys, newValues, {})
  elseif isExtended then publishExtended(m) end
  return wereThere(old, #keys)
end, {})

forSession('replace', function(m, args)
  local keys, values = pairsFrom(args, 4)
  if #keys > MAX_KEYS then return limit('max-keys') end
  local fields = held(m)
  local gone = clearKeys(m)
  put(m, keys, values, {})
  if gone + #keys > 0 then
    publish('replaced', true, '', {{token}, keys, values, {tostring(gone)}, fields})
  end
  return gone
end, {})

forKeys('get', {first = 6}, function(m, keys, values, args)
  if isTooLong(keys, values, tonumber(args[5])) then return limit('max-reply') end
  if args[4] == '' and extend(m, ON_GET) then publishExtended(m) end
  return values
end)

forKeys('take', {first = 5}, function(m, keys, values, args)
  if isTooLong(keys, values, tonumber(args[4])) then return limit('max-reply') end
  local isExtended = extend(m, ON_GET)
  local gone, before = remove(m, keys, values)
  if #gone > 0 then
    save(m)
    publishRemoved(m, isExtended, gone, before)
  elseif isExtended then publishExtended(m) end
  return values
end)

forKeys('remove', {first = 4}, function(m, keys, old)
  local gone, before = remove(m, keys, old)
  if #gone > 0 then
    save(m)
    publishRemoved(m, false, gone, before)
  end
  return wereThere(old, #keys)
end)

forSession('clear', function(m)
  local gone = count()
  if gone == 0 then return 0 end
  local fields = held(m)
  clearKeys(m)
  save(m)
  publish('cleared', true, '', {{token}, {tostring(gone)}, fields})
  return gone
end)

forSession('count', count)

forSession('contains', function(_, args)
  local marks = {}
  for at = 4, #args do marks[#marks + 1] = redis.call('HEXISTS', S, args[at]) end
  return table.concat(marks)
end)

-- Names of the first keys, in order.
forSession('names', function(_, args)
  local most, fields, places, names = tonumber(args[4]), redis.call('HGETALL', S), {}, {}
  for at = 1, #fields, 2 do
    local name, stored = fields[at], fields[at + 1]
    if name ~= META then
      names[#names + 1] = name
      places[name] = tonumber(string.sub(stored, 1, cutOf(stored) - 1))
    end
  end
  table.sort(names, function(one, other) return places[one] < places[other] end)
  for at = #names, (most or #names) + 1, -1 do names[at] = nil end
  return names
end)

forSession('all', function() return redis.call('HGETALL', S) end)

-- How many keys there are, the stored values of some, and the last change of the bucket.
forKeys('some', {first = 4}, function(_, _, old) return {count(), old, lastChange()} end)

-- The session with its keys, and the last change of the bucket.
forSession('view', function(m) return {packMeta(m), redis.call('HGETALL', S), lastChange()} end)

-- Stores or, without a value, removes a key, as a command that extends by setting.
local function change(m, key, stored, value, isExtending)
  if value and areTooMany({key}, {stored}) then return limit('max-keys') end
  local isExtended = isExtending and extend(m, ON_SET)
  if value then
    put(m, {key}, {value}, {stored})
    publishStored(m, isExtended, {key}, {value}, {stored})
    return nil
  end
  remove(m, {key}, {stored})
  save(m)
  publishRemoved(m, isExtended, {key}, {stored})
end

local function valueOf(stored) return stored and string.sub(stored, cutOf(stored) + 1) end

-- The sum; or the stored value when it must be reckoned elsewhere.
forSession('add_to', function(m, args)
  local key, by = args[4], args[5]
  local stored = redis.call('HGET', S, key)
  local old = valueOf(stored) or '0'
  if #old > 15 or #by > 15 or not string.find(old, '^-?%d+$') then return {stored} end
  local sum = string.format('%.0f', tonumber(old) + tonumber(by))
  if sum == '-0' then sum = '0' end
  return change(m, key, stored, sum, true) or sum
end, {})

-- 1: the key had the value that was expected, 0: another, which follows.
forSession('swap', function(m, args)
  local key = args[4]
  local stored = redis.call('HGET', S, key)
  local old, value = args[5] == '1' and args[6], args[7] == '1' and args[8]
  if (valueOf(stored) or false) ~= old then return {0, stored} end
  if not stored and not value then return {0, stored} end
  return change(m, key, stored, value, true) or {1}
end, {})

-- 1: the key still had the value of this hash.
forSession('exchange', function(m, args)
  local key = args[4]
  local stored = redis.call('HGET', S, key)
  if redis.sha1hex(valueOf(stored) or '') ~= args[5] then return 0 end
  return change(m, key, stored, args[6], args[7] == '1') or 1
end, {})
`;
