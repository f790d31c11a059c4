namespace GossipSim.Scenarios.Results;

/// <summary>The words of <c>warnings[].kind</c> in <c>summary.json</c>; scripts depend on them.</summary>
internal static class WarningKind
{
    /// <summary>The event that a fault waits for did not happen, or too late. Subject: the fault's id.</summary>
    public const string FaultNeverCame = "faultNeverCame";

    /// <summary>A fault came and found no node to strike. Subject: its id.</summary>
    public const string FaultStruckNobody = "faultStruckNobody";

    /// <summary>The values of a fault make it do nothing, such as a probability of 0. Subject: its id.</summary>
    public const string FaultWithoutEffect = "faultWithoutEffect";

    /// <summary>The runtime cannot apply a fault and left it out. Subject: its id.</summary>
    public const string FaultLeftOut = "faultLeftOut";

    /// <summary>A partition had a group without nodes beside those that it parted. Subject: its id.</summary>
    public const string PartitionGroupEmpty = "partitionGroupEmpty";

    /// <summary>The victim that lies were to be about did not exist. Subject: the fault's id.</summary>
    public const string VictimNotFound = "victimNotFound";

    /// <summary>Peers that a fault brings in did not start or never got in. Subject: its id.</summary>
    public const string JoinersMissing = "joinersMissing";

    /// <summary>Churn changed nothing in the whole run. Subject: churn.</summary>
    public const string ChurnDidNothing = "churnDidNothing";

    /// <summary>Some events of a churn trace did nothing. Subject: churn.</summary>
    public const string TraceEventsSkipped = "traceEventsSkipped";

    /// <summary>No message was published in the measured part. Subject: gossip.publishers.</summary>
    public const string NothingPublished = "nothingPublished";

    /// <summary>Publishers that ran at the end had published nothing. Subject: gossip.publishers.</summary>
    public const string PublishersSilent = "publishersSilent";

    /// <summary>An expectation was met on no messages, or on no crashes. Subject: its metric.</summary>
    public const string ExpectationOnNothing = "expectationOnNothing";

    /// <summary>Live peers are cut off from the largest component. Subject: overlay.largestComponentFraction.</summary>
    public const string PeersCutOff = "peersCutOff";

    /// <summary>Sockets dropped or refused many messages. Subject: transport.</summary>
    public const string SendsLost = "sendsLost";

    /// <summary>The machine was too slow for a run on TCP: its latencies prove nothing. Subject: performance.</summary>
    public const string MachineTooSlow = "machineTooSlow";
}
