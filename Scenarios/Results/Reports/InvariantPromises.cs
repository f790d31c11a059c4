namespace GossipSim.Scenarios.Results;

/// <summary>What each invariant of the built-in protocol promises, in one sentence.</summary>
internal static class InvariantPromises
{
    private static readonly Dictionary<string, string> sentences = new(StringComparer.Ordinal)
    {
        ["boundedMemory"] = "The tables of every node stay below a bound that follows from the number of nodes.",
        ["crashedEventuallyRemoved"] = "A peer that crashed is removed from the lists of all live seed nodes.",
        ["gossipReachesLiveComponent"] = "A message reaches every live peer that is connected to a holder of it.",
        ["membershipNeverGoesBack"] = "The entry of an address at a seed node never returns to an older state.",
        ["messageHandledOncePerIncarnation"] = "A peer handles a message once from its start to its end.",
        ["minoritySideFrozen"] = "Seed nodes that cannot reach a quorum change no membership.",
        ["noFalseRemoval"] = "No peer is removed that ran and could exchange messages with a quorum of seed nodes.",
        ["oneNodeIdPerEpoch"] = "All seed nodes know the same process at one address and epoch.",
        ["oneRegistrationVotePerEpoch"] =
            "A seed node votes for one process at one address and epoch, across restarts too.",
        ["overlayConnectedWhenQuiet"] = "Once the network is quiet, the links of the live peers connect all of them.",
        ["quorumForEveryChange"] = "Every change of membership carries the votes of a quorum of seed nodes.",
        ["seedsAgreeWhenQuiet"] = "Once the network is quiet, all live seed nodes hold equal lists.",
        ["uniqueMessageIds"] = "No two messages have the same id.",
    };

    /// <returns>The sentence, or an empty string for an invariant of a custom protocol.</returns>
    public static string Of(string invariant) => sentences.GetValueOrDefault(invariant, "");
}
