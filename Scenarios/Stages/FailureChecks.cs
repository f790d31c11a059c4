using System.Diagnostics;
using System.Net.Sockets;

namespace GossipSim.Scenarios.Stages;

/// <summary>Stage 5: a peer is killed, and found dead by those that remain.</summary>
internal static class FailureChecks
{
    public static readonly Check Kill = new(
        "kill a peer", "its port refuses", KillAsync);

    public static readonly Check Removal = new(
        "the lists after that", "the dead peer gone from all and the live ones kept, within the detection bound",
        RemovalAsync);

    private static async Task KillAsync(TestStand stand, Observation seen)
    {
        var victim = stand.Peers[^1];
        await stand.Network.KillAsync(victim);
        (stand.Victim, stand.KilledAt) = (victim, Stopwatch.GetTimestamp());
        var answer = SocketError.Success;
        await TestStand.UntilAsync(
            async () =>
            {
                try
                {
                    (await JsonLineConnection.DialAsync(victim, stand.Waits.Answer)).Dispose();
                    answer = SocketError.Success;
                }
                catch (SocketException error)
                {
                    answer = error.SocketErrorCode;
                }

                return answer == SocketError.ConnectionRefused;
            },
            stand.Waits.Closing);
        seen.Require(answer == SocketError.ConnectionRefused, $"port {victim.Port} still answers: {answer}");
        if (seen.IsAsExpected) seen.Note($"port {victim.Port}: {answer}");
    }

    private static async Task RemovalAsync(TestStand stand, Observation seen)
    {
        seen.Require(!stand.Victim.IsNone, "nobody was killed");
        var bound = stand.Waits.Removal;
        var (lists, hold) = await stand.ListsUntilAsync(
            list => !list.Has(stand.Victim), bound - Stopwatch.GetElapsedTime(stand.KilledAt));
        var took = Stopwatch.GetElapsedTime(stand.KilledAt);
        seen.Require(hold, $"{stand.Victim.Port} is still listed after {took.TotalSeconds:F1} s");
        foreach (var peer in stand.LivePeers)
            seen.Require(Array.TrueForAll(lists, list => list.Has(peer)), $"{peer.Port} lives, and is gone too");
        if (hold) seen.Note($"removed everywhere after {took.TotalSeconds:F1} s (bound {bound.TotalSeconds:F1} s)");
        seen.Note(stand.InWords(lists));
    }
}
