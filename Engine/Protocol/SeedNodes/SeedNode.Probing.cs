namespace GossipSim.Engine.Protocol;

// Probing: a seed node's own evidence. It dials the address afresh, so that nobody answers for another's address over
// a link that he opened himself, and hears in the PONG which process lives there.
public sealed partial class SeedNode
{
    /// <summary>Our choice: votes that wait for one probe.</summary>
    private const int ClaimsPerProbe = 64;

    private readonly Dictionary<NodeAddress, OpenProbe> probes = [];
    private long probeRound;

    private sealed class OpenProbe
    {
        public long Round { get; set; }

        public int Attempts { get; set; }

        public List<Claim> Claims { get; } = [];
    }

    /// <summary>One probe per address at a time; what else there is to judge about the address joins it.</summary>
    private void Probe(NodeAddress address, in Claim claim, in NodeContext context)
    {
        if (!probes.TryGetValue(address, out var probe))
        {
            probe = new OpenProbe();
            probes.Add(address, probe);
            Dial(address, probe, context);
        }

        if (probe.Claims.Count < ClaimsPerProbe && !probe.Claims.Contains(claim)) probe.Claims.Add(claim);
    }

    private void Dial(NodeAddress address, OpenProbe probe, in NodeContext context)
    {
        probe.Round = ++probeRound;
        probe.Attempts++;
        context.Close(address);
        context.Send(address, new Ping(Digest: null));
        context.SetTimer(new ProtocolTimer(TimerKind.SeedProbeTimeout, address, probe.Round), options.ProbeTimeout);
    }

    private void OnPong(NodeAddress from, Pong pong, in NodeContext context)
    {
        if (!probes.Remove(from, out var probe)) return;
        foreach (var claim in probe.Claims) JudgeProbed(claim, pong.NodeId, context);
    }

    private void OnProbeTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!probes.TryGetValue(timer.About, out var probe) || probe.Round != timer.Round) return;
        if (probe.Attempts < options.ProbeAttempts)
        {
            Dial(timer.About, probe, context);
            return;
        }

        probes.Remove(timer.About);
        foreach (var claim in probe.Claims) JudgeProbed(claim, answered: null, context);
    }

    private void JudgeProbed(in Claim claim, NodeId? answered, in NodeContext context)
    {
        if (claim.Entry.IsAlive) JudgeRegistration(claim, answered, context);
        else JudgeRemoval(claim, answered, context);
    }
}
