// SPDX-License-Identifier: GPL-2.0-or-later
// One request with an Idempotency-Key, sent until it is answered: is its ticket there once, and whole?
//
// A client sends it, gives up waiting and sends it again, to workers of two hosts. Each host's workers ask a database node
// of their own; the nodes certify what is committed (Galera). Nodes end and come back, answers are lost on every way. See
// README.md for what stands for what, and for what is assumed.
//
// Each of these makes the model a worse server, and must be found out:
//   ONLY_LOCK    the record has no primary key: GET_LOCK, which each node has for itself, is all that guards it
//   NO_RECORD    what was answered is not written in the transaction of the ticket
//   LATE_RECORD  it is written in a transaction of its own, after the ticket's
//   LATE_MAIL    the mail is queued after the commit
//   RECORD_ALONE a record is stored outside a transaction as well, and taken away again when that is seen

#ifndef ATTEMPTS
#define ATTEMPTS 3 // that the client makes at most while faults happen; the last of all is made when they are over
#endif
#ifndef FAULTS
#define FAULTS 3 // ends of nodes, lost answers: in all
#endif
#define NODES 2
#if !defined(NO_RECORD) && !defined(LATE_RECORD) && !defined(ONLY_LOCK)
#define GUARDED
#endif

mtype = { none, created, replayed, busy, again, unknown }; // what a worker answers

// What is committed, in the one order of the cluster.
byte tickets = 0;
byte records = 0; // 0 or 1: api_key_id and idempotency_key are the primary key
byte mails = 0;   // rows in the queue

// What a node has applied of it, and whether it is there.
bool applied[NODES];       // the ticket's transaction
bool up[NODES] = true;
byte life[NODES];          // a connection belongs to one life of its node
byte lock_held[NODES];     // GET_LOCK: who has it on this node; 0: nobody

byte faults = 0;
bool calm = false;         // no faults any more: what is left to do must end well
bool acknowledged = false; // 201 reached the client

byte attempts = 0, running = 0;
chan requests = [0] of { byte }; // to a worker of the host whose node it is

// ---- the database -------------------------------------------------------------------------------------------------
proctype node(byte n) {
end:
    do
    :: up[n] && records > 0 && !applied[n] -> applied[n] = true
    // Ends: its connections, their transactions and their locks are gone. The other one keeps the quorum.
    :: atomic { up[n] && up[1 - n] && faults < FAULTS && !calm ->
        faults++; up[n] = false; life[n]++; lock_held[n] = 0 }
    // Comes back with all that was committed.
    :: atomic { !up[n] -> applied[n] = records > 0; up[n] = true }
    od
}

// ---- a worker; there are two, so that two requests are under way at once ----------------------------------------------
#define alive (up[n] && life[n] == mine)

proctype worker(byte me) {
    byte n, mine, tries;
    mtype answer;

end:
    requests ? n;
    tries = 0;
start:
    tries++;
    answer = none;
    if
    :: atomic { up[n] -> mine = life[n] }
    :: !up[n] -> answer = again; goto done
    fi;
    // GET_LOCK(…, 0) of this node.
    atomic {
        if
        :: !alive -> answer = again; goto done
        :: alive && lock_held[n] == 0 -> lock_held[n] = me
        :: alive && lock_held[n] != 0 -> answer = busy; goto done
        fi
    }
    // The record, as this node shows it.
    atomic {
        if
        :: !alive -> answer = again; goto done
#ifndef NO_RECORD
        :: alive && applied[n] -> answer = replayed; goto unlock
        :: alive && !applied[n] -> skip
#else
        :: alive -> skip
#endif
        fi
    }
    // The transaction: ticket, mail and record are written on this node. The insert of the record meets what is applied.
    atomic {
        if
        :: !alive -> answer = again; goto done
#ifdef GUARDED
        :: alive && applied[n] -> goto once_more
        :: alive && !applied[n] -> skip
#else
        :: alive -> skip
#endif
        fi
    }
    // The node takes the transaction back and tells it by a flag alone, so that what is sent next is outside of it. The record is
    // not stored there; the worker sees the flag and begins anew.
    if
    :: atomic { alive && faults < FAULTS && !calm -> faults++
#ifdef RECORD_ALONE
        ; records = 1; applied[n] = true
#endif
        };
#ifdef RECORD_ALONE
        atomic { if :: alive -> records = 0; applied[n] = false :: !alive -> answer = again; goto done fi };
#endif
        goto once_more
    :: skip
    fi;
    // COMMIT: certified against what others committed meanwhile. Its answer can be lost, with the node or by itself.
    atomic {
        if
        :: !alive -> answer = unknown; goto done
#ifdef GUARDED
        :: alive && records > 0 -> goto once_more // 1213
        :: alive && records == 0 ->
#else
        :: alive ->
#endif
            tickets++;
#ifndef LATE_RECORD
            records++; applied[n] = true;
#endif
#ifndef LATE_MAIL
            mails++;
#endif
            if
            :: answer = created
            :: faults < FAULTS && !calm -> faults++; lock_held[n] = 0; answer = unknown; goto done
            fi
        fi
    }
#ifdef LATE_RECORD
    atomic {
        if
        :: !alive -> answer = unknown; goto done
        :: alive -> records = 1; applied[n] = true
        fi
    }
#endif
#ifdef LATE_MAIL
    atomic {
        if
        :: !alive -> answer = unknown; goto done
        :: alive -> mails++
        fi
    }
#endif
    goto unlock;

once_more:
    // Rolled back: nothing of it is there. The lock is given back and taken anew.
    atomic { if :: alive -> lock_held[n] = 0 :: !alive -> skip fi }
    if
    :: tries < 3 -> goto start
    :: else -> answer = again; goto done
    fi;

unlock:
    atomic { if :: alive -> lock_held[n] = 0 :: !alive -> skip fi }
done:
    // The answer reaches the client, or is lost.
    atomic {
        if
        :: (answer == created || answer == replayed) -> assert(tickets == 1);
            if
            :: acknowledged = true
            :: faults < FAULTS && !calm -> faults++
            fi
        :: else -> skip
        fi;
        running--; n = 0; mine = 0; tries = 0; answer = none;
        goto end
    }
}

// ---- the client -----------------------------------------------------------------------------------------------------
proctype client() {
    // While faults happen: up to two of its requests are under way at once, to either host.
    do
    :: atomic { !acknowledged && attempts < ATTEMPTS && running < 2 ->
        attempts++; running++;
        if :: requests ! 0 :: requests ! 1 fi }
    :: acknowledged -> break
    :: attempts >= ATTEMPTS -> break
    od;
    // Afterwards, patiently, one after another.
    atomic { running == 0; calm = true };
    do
    :: acknowledged -> break
    :: atomic { !acknowledged && running == 0 && up[0] -> running++; requests ! 0 }
    :: atomic { !acknowledged && running == 0 && up[1] -> running++; requests ! 1 }
    od
}

// ---- what must be true ----------------------------------------------------------------------------------------------
proctype watch() {
end:
    do
    :: atomic {
        timeout ->
            assert(acknowledged);
            assert(tickets == 1);
            assert(records == 1);
            assert(mails == 1);
            break }
    od
}

proctype never_twice() {
end:
    do
    :: atomic { tickets > 1 || mails > 1 -> assert(false) }
    // Whole or not at all.
    :: atomic { tickets != mails -> assert(false) }
#ifndef NO_RECORD
    :: atomic { tickets != records -> assert(false) }
#endif
    od
}

init {
    atomic {
        run node(0); run node(1);
        run worker(1); run worker(2);
        run client(); run watch(); run never_twice()
    }
}
