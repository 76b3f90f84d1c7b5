/* The work of bench/work.py written by hand for this one pathway: as fast as we know how to make it in C with AVX2.
 *
 * It is a ceiling, not a peer: the five states, the rates and the order of the outputs are built in, and nothing else can
 * be run with it. Blocks of people advance together, one move a round, four people an instruction; who has died or reached the horizon is squeezed out of the block. The
 * draws are Philox4x32-10, addressed by (person, move) and keyed by the seed: two uniform numbers of 52 bits for the two
 * clocks that race. Logarithm and discount factor are polynomials of full double precision over the range that occurs,
 * interpolated at Chebyshev nodes.
 *
 *     cc -O3 -march=native -shared -fPIC ceiling.c -o ceiling.so      (bench/peers.py does it)
 *
 * out: moves, deaths, discounted QALYs, discounted cost, person-years in the four living states.
 */
#include <immintrin.h>
#include <stdint.h>

#define BLOCK 1024
#define ROUNDS 10
#define YEARS 10.0
#define RATE_OF_DISCOUNT 0.029558802241544391 /* ln 1.03 */
#define HERE static inline __attribute__((always_inline))

typedef __m256d reals;
typedef __m256i words;

HERE reals all(double x) { return _mm256_set1_pd(x); }
HERE words each(uint64_t x) { return _mm256_set1_epi64x((long long)x); }
HERE reals as_reals(words x) { return _mm256_castsi256_pd(x); }
HERE words as_words(reals x) { return _mm256_castpd_si256(x); }
HERE reals and_then(reals sum, reals by, double term) { return _mm256_fmadd_pd(sum, by, all(term)); }

/* A state s is held as the pair of 32-bit places (2 s, 2 s + 1), with which one permutation looks four of them up. */
#define PLACE(s) ((uint64_t)(2 * (s)) | (uint64_t)(2 * (s) + 1) << 32)
#define GONE UINT64_MAX

HERE reals of_state(reals table, words state) { return as_reals(_mm256_permutevar8x32_epi32(as_words(table), state)); }

/* ------------------------------------------------------------------------------------------------ draws */
typedef struct { words a, b, c, d; } counters;

HERE void stir(counters *x, uint32_t key0, uint32_t key1)
{
    words high0 = _mm256_mul_epu32(x->a, each(0xD2511F53u)), high1 = _mm256_mul_epu32(x->c, each(0xCD9E8D57u));
    x->a = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(high1, 32), x->b), each(key0));
    x->c = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(high0, 32), x->d), each(key1));
    x->b = high1; /* of which only the low 32 bits are looked at */
    x->d = high0;
}

/* 64 bits of two counters to a number in (0, 1] */
HERE reals uniform(words high, words low)
{
    words bits = _mm256_or_si256(_mm256_slli_epi64(high, 32), _mm256_srli_epi64(_mm256_slli_epi64(low, 32), 32));
    return _mm256_sub_pd(all(2.0), as_reals(_mm256_or_si256(_mm256_srli_epi64(bits, 12), each(0x3ff0000000000000ull))));
}

/* -ln u: u = m 2^e with m around one, and ln m = 2 atanh((m - 1) / (m + 1)) */
HERE reals exponential(reals u)
{
    const uint64_t cut = 0x3fe6a09e667f3bcdull; /* the square root of one half */
    words moved = _mm256_sub_epi64(as_words(u), each(cut)), kept = _mm256_and_si256(moved, each(0x000fffffffffffffull));
    words power = _mm256_srli_epi64(_mm256_add_epi64(moved, each(1024ull << 52)), 52); /* e + 1024, never below 0 */
    reals e = _mm256_sub_pd(as_reals(_mm256_or_si256(power, each(0x4330000000000000ull))), all(4503599627370496.0 + 1024.0));
    reals m = as_reals(_mm256_add_epi64(kept, each(cut)));
    reals s = _mm256_div_pd(_mm256_sub_pd(m, all(1.0)), _mm256_add_pd(m, all(1.0))), z = _mm256_mul_pd(s, s);
    reals p = all(0.1461644204764036);
    p = and_then(p, z, 0.15331722324011166);
    p = and_then(p, z, 0.18182889098811164);
    p = and_then(p, z, 0.22222211135255224);
    p = and_then(p, z, 0.2857142862597173);
    p = and_then(p, z, 0.39999999999899516);
    p = and_then(p, z, 0.666666666666667);
    p = _mm256_fmadd_pd(p, z, all(2.0));
    return _mm256_fnmsub_pd(s, p, _mm256_mul_pd(e, all(0.69314718055994530942)));
}

/* exp(-x) for x from 0 to ten years' discount */
HERE reals factor(reals x)
{
    reals p = all(-2.3781868745601285e-06);
    p = and_then(p, x, 2.4570386502820214e-05);
    p = and_then(p, x, -0.00019833327824564077);
    p = and_then(p, x, 0.0013888723135948384);
    p = and_then(p, x, -0.00833333118630916);
    p = and_then(p, x, 0.04166666649706368);
    p = and_then(p, x, -0.1666666666589612);
    p = and_then(p, x, 0.499999999999822);
    p = and_then(p, x, -0.9999999999999984);
    return and_then(p, x, 1.0);
}

/* ------------------------------------------------------------------------------------------------ people */
typedef struct {
    uint64_t person[BLOCK + 8], state[BLOCK + 8];
    double time[BLOCK + 8], worth[BLOCK + 8]; /* worth: the discount factor at `time` */
} people;

typedef struct {
    reals utility, a_year, cost[2], mean[2], to[2]; /* by state; the two clocks */
} pathway;

typedef struct {
    reals qalys, cost, years[4];
    int64_t moves, deaths;
} sums;

static uint32_t SQUEEZE[16][8] __attribute__((aligned(32)));

static void __attribute__((constructor)) lay_out(void)
{
    for (int kept = 0; kept < 16; kept++)
        for (int from = 0, to = 0; from < 4; from++)
            if (kept >> from & 1) {
                SQUEEZE[kept][to++] = 2 * from;
                SQUEEZE[kept][to++] = 2 * from + 1;
            }
}

HERE pathway made(void)
{
    pathway p = {
        .utility = _mm256_setr_pd(0.75, 0.70, 0.72, 0.80),
        .a_year = _mm256_setr_pd(500.0, 8000.0, 3000.0, 9000.0),
        .cost = {_mm256_setr_pd(1200.0, 300.0, 150.0, 0.0), _mm256_setr_pd(0.0, 50.0, 20.0, 0.0)},
        .mean = {_mm256_setr_pd(1 / 0.85, 1 / 12.0, 1 / 12.0, 1 / 2.0), _mm256_setr_pd(1 / 0.010, 1 / 6.0, 1 / 6.0, 1 / 0.005)},
        .to = {as_reals(_mm256_setr_epi64x(PLACE(1), PLACE(2), PLACE(3), PLACE(0))),
               as_reals(_mm256_setr_epi64x((long long)GONE, PLACE(0), PLACE(0), (long long)GONE))},
    };
    return p;
}

HERE double total(reals x) { return x[0] + x[1] + x[2] + x[3]; }

/* One move of the four people at `i`: what it is worth is added up, and who goes on is written to `to`. How many do. */
HERE int move(people *p, const pathway *w, sums *s, reals first, reals second, int i, int to, reals in)
{
    words state = _mm256_loadu_si256((words *)(p->state + i));
    reals since = _mm256_loadu_pd(p->time + i), before = _mm256_loadu_pd(p->worth + i);
    reals one = _mm256_mul_pd(first, of_state(w->mean[0], state)), other = _mm256_mul_pd(second, of_state(w->mean[1], state));
    reals is_other = _mm256_cmp_pd(other, one, _CMP_LT_OQ), until = _mm256_add_pd(since, _mm256_min_pd(one, other));
    reals moves = _mm256_and_pd(in, _mm256_cmp_pd(until, all(YEARS), _CMP_LT_OQ));
    until = _mm256_min_pd(until, all(YEARS));
    reals after = factor(_mm256_mul_pd(until, all(RATE_OF_DISCOUNT)));
    reals stay = _mm256_and_pd(in, _mm256_sub_pd(until, since));
    reals worth = _mm256_and_pd(in, _mm256_mul_pd(_mm256_sub_pd(before, after), all(1 / RATE_OF_DISCOUNT)));
    reals once = _mm256_blendv_pd(of_state(w->cost[0], state), of_state(w->cost[1], state), is_other);
    s->qalys = _mm256_fmadd_pd(of_state(w->utility, state), worth, s->qalys);
    s->cost = _mm256_fmadd_pd(of_state(w->a_year, state), worth, s->cost);
    s->cost = _mm256_fmadd_pd(_mm256_and_pd(moves, once), after, s->cost);
    for (int n = 0; n < 4; n++)
        s->years[n] = _mm256_add_pd(s->years[n], _mm256_and_pd(stay, as_reals(_mm256_cmpeq_epi64(state, each(PLACE(n))))));
    words next = as_words(_mm256_blendv_pd(of_state(w->to[0], state), of_state(w->to[1], state), is_other));
    int moved = _mm256_movemask_pd(moves), on = moved & ~_mm256_movemask_pd(as_reals(next)); /* GONE has its sign bit set */
    s->moves += __builtin_popcount((unsigned)moved);
    s->deaths += __builtin_popcount((unsigned)(moved ^ on));
    words order = _mm256_load_si256((words *)SQUEEZE[on]), who = _mm256_loadu_si256((words *)(p->person + i));
    _mm256_storeu_si256((words *)(p->person + to), _mm256_permutevar8x32_epi32(who, order));
    _mm256_storeu_si256((words *)(p->state + to), _mm256_permutevar8x32_epi32(next, order));
    _mm256_storeu_si256((words *)(p->time + to), _mm256_permutevar8x32_epi32(as_words(until), order));
    _mm256_storeu_si256((words *)(p->worth + to), _mm256_permutevar8x32_epi32(as_words(after), order));
    return __builtin_popcount((unsigned)on);
}

/* Which of the four people from `i` are there at all, as a mask. */
HERE reals there(int i, int people)
{
    words place = _mm256_add_epi64(each((uint64_t)i), _mm256_setr_epi64x(0, 1, 2, 3));
    return as_reals(_mm256_cmpgt_epi64(each((uint64_t)people), place));
}

/* Uniform numbers for the two clocks of everybody in the block: eight people at a time. */
static void draw(const people *p, int n, uint32_t number, const uint32_t *key, double *one, double *other)
{
    const words none = _mm256_setzero_si256(), move_number = each(number);
    for (int i = 0; i < n; i += 8) {
        counters x = {_mm256_loadu_si256((words *)(p->person + i)), none, move_number, none};
        counters y = {_mm256_loadu_si256((words *)(p->person + i + 4)), none, move_number, none};
#pragma GCC unroll 10
        for (int r = 0; r < ROUNDS; r++) {
            stir(&x, key[2 * r], key[2 * r + 1]);
            stir(&y, key[2 * r], key[2 * r + 1]);
        }
        _mm256_storeu_pd(one + i, uniform(x.a, x.b));
        _mm256_storeu_pd(other + i, uniform(x.c, x.d));
        _mm256_storeu_pd(one + i + 4, uniform(y.a, y.b));
        _mm256_storeu_pd(other + i + 4, uniform(y.c, y.d));
    }
}

/* One round: a move of everybody in the block. Three short loops and not one long one, so that the processor, which looks
 * some hundreds of instructions ahead, works on several iterations at once. How many go on. */
static int round_of(people *p, const pathway *w, sums *s, int n, uint32_t number, const uint32_t *key)
{
    double one[BLOCK + 8], other[BLOCK + 8];
    int kept = 0;
    draw(p, n, number, key, one, other);
    for (int i = 0; i < n; i += 4) {
        _mm256_storeu_pd(one + i, exponential(_mm256_loadu_pd(one + i)));
        _mm256_storeu_pd(other + i, exponential(_mm256_loadu_pd(other + i)));
    }
    for (int i = 0; i < n; i += 4) /* what is written never reaches what is still to be read */
        kept += move(p, w, s, _mm256_loadu_pd(one + i), _mm256_loadu_pd(other + i), i, kept, there(i, n));
    return kept;
}

void run(int64_t first, int64_t count, uint64_t seed, double *out)
{
    static const sums nothing;
    sums s = nothing;
    pathway w = made();
    people p;
    uint32_t key[2 * ROUNDS];
    for (uint32_t r = 0; r < ROUNDS; r++) {
        key[2 * r] = (uint32_t)seed + r * 0x9E3779B9u;
        key[2 * r + 1] = (uint32_t)(seed >> 32) + r * 0xBB67AE85u;
    }
    for (int64_t done = 0; done < count; done += BLOCK) {
        int n = (int)(count - done < BLOCK ? count - done : BLOCK);
        for (int i = 0; i < BLOCK + 8; i++) {
            p.person[i] = (uint64_t)(first + done + i);
            p.state[i] = PLACE(0);
            p.time[i] = 0.0;
            p.worth[i] = 1.0;
        }
        for (uint32_t number = 0; n > 0; number++)
            n = round_of(&p, &w, &s, n, number, key);
    }
    out[0] = (double)s.moves;
    out[1] = (double)s.deaths;
    out[2] = total(s.qalys);
    out[3] = total(s.cost);
    for (int i = 0; i < 4; i++)
        out[4 + i] = total(s.years[i]);
}
