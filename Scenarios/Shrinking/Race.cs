using System.Diagnostics.CodeAnalysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Attempts in order, taken by several threads. Once one succeeds, later ones are given up and earlier ones finish: the
/// winner is the first in order, whoever was faster.
/// </summary>
internal sealed class Race(IEnumerator<Attempt> attempts, CancellationToken stop)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, CancellationTokenSource> running = [];
    private readonly SortedDictionary<int, string> failed = [];
    private int taken;
    private int winnerPlace = int.MaxValue;
    private Scenario? winner;

    /// <summary>Null as well when time was up before all earlier attempts were through.</summary>
    public Scenario? Winner => winner is not null && failed.Count(each => each.Key < winnerPlace) == winnerPlace
        ? winner
        : null;

    /// <summary>Runs up to the winner: as many on every machine.</summary>
    public int Counted => failed.Count(each => each.Key < winnerPlace) + (winner is null ? 0 : 1);

    public IEnumerable<string> Failed => failed.Where(each => each.Key < winnerPlace).Select(each => each.Value);

    public bool TryTake(
        out int place, [NotNullWhen(true)] out Attempt? attempt,
        [NotNullWhen(true)] out CancellationTokenSource? cancel)
    {
        lock (gate)
        {
            (place, attempt, cancel) = (taken, null, null);
            if (stop.IsCancellationRequested || taken > winnerPlace || !attempts.MoveNext()) return false;
            taken++;
            attempt = attempts.Current;
            cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
            running.Add(place, cancel);
            return true;
        }
    }

    public void Note(int place, Attempt attempt, bool reproduces)
    {
        lock (gate)
        {
            var wasCancelled = running[place].IsCancellationRequested;
            running.Remove(place);
            if (reproduces && place < winnerPlace)
            {
                (winner, winnerPlace) = (attempt.Scenario, place);
                foreach (var later in running.Where(each => each.Key > place)) later.Value.Cancel();
            }
            else if (!reproduces && !wasCancelled)
            {
                failed.Add(place, attempt.Text);
            }
        }
    }
}
