-- SPDX-License-Identifier: GPL-2.0-or-later
-- wrk's requests: one path and body with $(number), $(id) and $(entry) replaced by those of a ticket at random and its first entry,
-- and $(serial) by digits that no other request has.
--
--   wrk -s requests.lua URL -- METHOD PATH PLACES SEED [BODY]
--
-- PLACES is "TICKETS FACTOR FIRST MODULUS REST REST …": places of tickets are drawn from FIRST to TICKETS-1, and only
-- those are taken that leave one of the RESTs when divided by MODULUS (help_desk.py says what a place means).
local threads = 0
function setup(thread)
    thread:set("number_of_thread", threads)
    threads = threads + 1
end

local serial = 0
local method, path, body, tickets, factor, first, modulus, rests
local headers = {["X-API-Key"] = os.getenv("BENCH_KEY"), ["Content-Type"] = "application/json",
                 ["If-None-Match"] = os.getenv("BENCH_ETAG")}

function init(arguments)
    method, path, body = arguments[1], arguments[2], arguments[5]
    local numbers = {}
    for number in arguments[3]:gmatch("%d+") do numbers[#numbers + 1] = tonumber(number) end
    tickets, factor, first, modulus = numbers[1], numbers[2], numbers[3], numbers[4]
    rests = {unpack(numbers, 5)}
    math.randomseed(tonumber(arguments[4]) + number_of_thread * 7919)
end

local function draw()
    local place
    repeat
        place = math.random(0, math.floor((tickets - 1) / modulus)) * modulus + rests[math.random(#rests)]
    until place < tickets and place >= first
    -- The product stays below 2^53, where a double counts in ones.
    local number = string.format("%08d", (place + 1) * 7368787 % 10000019)
    local ticket = 1001 + place * factor % tickets
    serial = serial + 1
    return {number = number, id = string.format("%d", ticket), entry = string.format("%d", 1000000 + ticket * 10),
            serial = string.format("%010d%02d%08d", os.time(), number_of_thread, serial)}
end

function request()
    local values = draw()
    local filled = body and body:gsub("%$%((%w+)%)", values)
    return wrk.format(method, path:gsub("%$%((%w+)%)", values), headers, filled)
end

function done(summary, latency)
    io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
        summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write +
        summary.errors.timeout, latency:percentile(50), latency:percentile(99), summary.bytes))
end
