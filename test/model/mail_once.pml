// SPDX-License-Identifier: GPL-2.0-or-later
// One mail in the queue, a mailer on each of two hosts: does it go out, and when twice?
//
// Each mailer asks a database node of its own; the nodes certify what is committed (Galera). Mailers end in the middle of
// a mail, or are so slow that their lease runs out; nodes end and come back. See README.md for what stands for what, and for
// what is assumed.
//
// Each of these makes the model a worse mailer, and must be found out:
//   CLOSE_BLINDLY  a mail counts as sent before it is sent
//   NO_LEASE       a mail is taken without writing so

#ifndef FAULTS
#define FAULTS 3 // ends of nodes and of mailers, leases that run out: in all
#endif
#define NODES 2

mtype = { waiting, sending, sent };

// The row, in the one order of the cluster.
mtype state = waiting;
byte holder = 0;  // 1, 2: whose lease it is; 0: nobody's, or it ran out
byte version = 0; // moves with every commit to the row: certification compares it

// What a node shows of it, and whether it is there.
mtype shown_state[NODES] = waiting;
byte shown_holder[NODES], shown_version[NODES];
bool up[NODES] = true;
byte life[NODES]; // a connection belongs to one life of its node

byte faults = 0, cuts = 0; // cuts: ends and late mailers, in the middle of a mail
byte deliveries = 0;       // at the mail server

#define fault_is_left (faults < FAULTS)

inline catch_up(n) { shown_state[n] = state; shown_holder[n] = holder; shown_version[n] = version }

proctype node(byte n) {
end:
    do
    :: atomic { up[n] && shown_version[n] != version -> catch_up(n) }
    :: atomic { up[n] && up[1 - n] && fault_is_left -> faults++; up[n] = false; life[n]++ }
    :: atomic { !up[n] -> catch_up(n); up[n] = true }
    od
}

proctype mailer(byte n, me) {
    byte mine, seen;

end:
    // Due, as the node shows it: it waits, or its lease ran out, or is of an earlier life of this mailer.
    atomic {
        up[n] && (shown_state[n] == waiting || (shown_state[n] == sending && (shown_holder[n] == 0 || shown_holder[n] == me))) ->
        mine = life[n]; seen = shown_version[n]
    }
    // The lease is committed: whoever committed to the row meanwhile has it.
    atomic {
        if
        :: !up[n] || life[n] != mine || seen != version -> goto end
        :: up[n] && life[n] == mine && seen == version ->
#ifndef NO_LEASE
            holder = me; version++; state = sending;
#ifdef CLOSE_BLINDLY
            state = sent;
#endif
            catch_up(n);
#endif
            if
            :: skip
            // Ends, or never hears that it has it. The lease runs out.
            :: fault_is_left -> faults++; cuts++; holder = 0; version++; goto end
            fi
        fi
    }
    // The mail server takes the mail.
    atomic {
        deliveries++;
        if
        :: skip
        // Ends before it has noted so.
        :: fault_is_left -> faults++; cuts++; holder = 0; version++; goto end
        // Is so slow that its lease runs out, and goes on.
        :: fault_is_left -> faults++; cuts++; holder = 0; version++
        fi
    }
    // It notes so, if the lease is still its own; again and again while the node is away or others commit.
    atomic {
        up[n] && shown_version[n] == version ->
        if
        :: shown_holder[n] == me && shown_state[n] == sending -> state = sent; version++; catch_up(n)
        :: else
        fi
    }
    goto end
}

proctype watch() {
end:
    atomic {
        timeout -> // nothing can happen any more
        assert(state == sent);
        assert(deliveries >= 1)
    }
}

proctype never_twice() {
end:
    // Twice only where a mailer ended, or outlived its lease, in the middle of it.
    atomic { deliveries > 1 + cuts -> assert(false) }
}

init {
    atomic { run node(0); run node(1); run mailer(0, 1); run mailer(1, 2); run watch(); run never_twice() }
}
