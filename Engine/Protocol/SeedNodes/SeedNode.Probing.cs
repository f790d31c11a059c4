namespace GossipSim.Engine.Protocol;

// Probing: a seed node's own evidence. It dials the address afresh, so that nobody answers for another's address over
// a link that he opened himself, and hears in the PONG which process lives there. Whose own loop lags mistrusts itself:
// it may have slept through the answer, so silence is no evidence and it asks again (Lifeguard, Dadgar et al. 2018).
public sealed partial class SeedNode
{
    /// <summary>Our choice: votes that wait for one probe.</summary>
    private const int ClaimsPerProbe = 64;

    private readonly Dictionary<NodeAddress, OpenProbe> probes = [];
    private long probeRound;

    private sealed class OpenProbe(in Claim claim)
    {
        public long Round { get; set; }

        public int Attempts { get; set; }

        /// <summary>When the answer must be here.</summary>
        public Instant Due { get; set; }

        /// <summary>What its outcome decides first.</summary>
        public Claim Claim { get; } = claim;

        /// <summary>And what else; nearly always nothing.</summary>
        public List<Claim>? Further { get; private set; }

        public void Add(in Claim other)
        {
            Further ??= [];
            if (other == Claim || Further.Count + 1 >= ClaimsPerProbe || Further.Contains(other)) return;
            Further.Add(other);
        }
    }

    /// <summary>One probe per address at a time; what else there is to judge about the address joins it.</summary>
    private void Probe(NodeAddress address, in Claim claim, in NodeContext context)
    {
        if (probes.TryGetValue(address, out var probe))
        {
            probe.Add(claim);
            return;
        }

        probe = new OpenProbe(claim);
        probes.Add(address, probe);
        Dial(address, probe, context);
    }

    private void Dial(NodeAddress address, OpenProbe probe, in NodeContext context)
    {
        probe.Round = ++probeRound;
        probe.Attempts++;
        probe.Due = context.Now + options.ProbeTimeout;
        context.Close(address);
        context.Send(address, new Ping(Digest: null));
        context.SetTimer(new ProtocolTimer(TimerKind.SeedProbeTimeout, address, probe.Round), options.ProbeTimeout);
    }

    private void OnPong(NodeAddress from, Pong pong, in NodeContext context)
    {
        if (!probes.Remove(from, out var probe)) return;
        JudgeProbed(probe, pong.NodeId, context);
    }

    private void OnProbeTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!probes.TryGetValue(timer.About, out var probe) || probe.Round != timer.Round) return;
        var isLagging = context.Now - probe.Due > options.ProbeTimeout / 2;
        if (isLagging) probe.Attempts--;
        if (probe.Attempts < options.ProbeAttempts)
        {
            Dial(timer.About, probe, context);
            return;
        }

        probes.Remove(timer.About);
        JudgeProbed(probe, answered: null, context);
    }

    private void JudgeProbed(OpenProbe probe, NodeId? answered, in NodeContext context)
    {
        JudgeProbed(probe.Claim, answered, context);
        if (probe.Further is null) return;
        foreach (var claim in probe.Further) JudgeProbed(claim, answered, context);
    }

    private void JudgeProbed(in Claim claim, NodeId? answered, in NodeContext context)
    {
        if (claim.Proposal == default) JudgeSilent(claim.Entry, answered, context);
        else if (claim.Entry.IsAlive) JudgeRegistration(claim, answered, context);
        else JudgeRemoval(claim, answered, context);
    }
}
