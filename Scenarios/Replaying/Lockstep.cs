using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// Two runs of the same scenario on two threads, which wait for each other after each slice of simulated time and are
/// compared node by node. So a difference is found where it arises, even one that will never come again.
/// </summary>
internal sealed class Lockstep : IDisposable
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(1);

    private readonly AddressPlan plan;
    private readonly CancellationToken cancel;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim[] turns = [new(), new()];
    private TimeSpan slice = TimeSpan.FromMilliseconds(100);
    private long sliceEnd;
    private int waiting;
    private int turn;
    private bool hasEnded;
    private bool isOver;

    public Lockstep(AddressPlan plan, CancellationToken cancel)
    {
        this.plan = plan;
        this.cancel = cancel;
        One = new TwinRun(plan, this);
        Other = new TwinRun(plan, this);
    }

    public TwinRun One { get; }

    public TwinRun Other { get; }

    /// <summary>Null while the runs are equal.</summary>
    public FirstDifference? First { get; private set; }

    public void Reached(Instant now)
    {
        if (now.Microseconds >= Volatile.Read(ref sliceEnd)) Meet(now, isEnd: false);
    }

    /// <summary>A run is over, whichever way; the other one need not wait for it any more.</summary>
    public void End() => Meet(new Instant(sliceEnd), isEnd: true);

    public void Dispose()
    {
        foreach (var end in turns) end.Dispose();
    }

    private void Meet(Instant now, bool isEnd)
    {
        ManualResetEventSlim turnEnds;
        lock (gate)
        {
            if (isOver) return;
            turnEnds = turns[turn & 1];
            if (++waiting == 2)
            {
                Compare(now);
                isOver |= isEnd || hasEnded;
                NextTurn(turnEnds);
                return;
            }

            hasEnded |= isEnd;
        }

        // The one that ended has nothing left to do but to be compared.
        if (!isEnd) turnEnds.Wait(CancellationToken.None);
    }

    private void NextTurn(ManualResetEventSlim ended)
    {
        waiting = 0;
        turns[++turn & 1].Reset();
        ended.Set();
    }

    private void Compare(Instant now)
    {
        // Cancelled runs stop wherever they are.
        isOver = cancel.IsCancellationRequested;
        if (isOver) return;
        if (!One.Hashes.SequenceEqual(Other.Hashes))
        {
            First = DifferenceSearch.Between(plan, One, Other);
            isOver = true;
            return;
        }

        AdaptSlice(Math.Max(One.Handles, Other.Handles));
        One.BeginSlice();
        Other.BeginSlice();
        Volatile.Write(ref sliceEnd, (now + slice).Microseconds);
    }

    /// <summary>Short enough that all inputs of a slice are kept, long enough that comparing costs little.</summary>
    private void AdaptSlice(int handled)
    {
        if (handled > TwinRun.KeptInputs / 4 && slice > shortest) slice /= 2;
        else if (handled < TwinRun.KeptInputs / 32 && slice < longest) slice *= 2;
    }
}
