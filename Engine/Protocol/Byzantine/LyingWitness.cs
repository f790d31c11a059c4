namespace GossipSim.Engine.Protocol;

/// <summary>Asked about anybody but itself, it answers DEAD at once.</summary>
internal sealed class LyingWitness(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    public override bool OnReceive(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is not Suspect suspect || suspect.Address == context.Self) return false;
        context.Send(envelope.From, new Witness(suspect.Address, suspect.Epoch, suspect.Round, Verdict.Dead));
        return true;
    }
}
