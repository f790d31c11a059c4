namespace GossipSim.Scenarios.Results;

/// <summary>What a run of very many peers kept or judged of some of them only; nothing is left out silently.</summary>
internal static class SamplingInWords
{
    /// <summary>A sentence for each thing that was sampled; none for a run of ordinary size.</summary>
    public static IEnumerable<string> Of(RunResult result)
    {
        var most = Numbers.Count(result.Facts.MostPeers);
        if (result.Summary.Logs is { SampledPeers: { } logged } logs)
        {
            yield return $"The event log and overlay.graphml follow {Numbers.Count(logged)} of {most} peers: "
                + $"{Numbers.Count(logs.EventsLogged)} of {Numbers.Count(logs.Events)} events "
                + "(outputs.eventLog full keeps all). Figures and summary count all peers.";
        }

        if (result.Summary.Logs is { PeersInText: { } some })
        {
            yield return $"outputfile.txt and logs/ follow {Numbers.Count(some)} of {most} peers "
                + "(outputs.textLogs full follows all).";
        }

        var invariants = result.Summary.Invariants;
        if (invariants.SampledPeers is { } judged)
        {
            yield return $"Judged on entries of {Numbers.Count(judged)} of {most} peers: "
                + $"{string.Join(", ", invariants.Sampled)} (invariants.mode all judges every one).";
        }
    }
}
