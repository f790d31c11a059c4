namespace GossipSim.Engine.Protocol;

/// <summary>
/// A node that lies when the run tells it to: it stands between an honest node and its links. Until then it changes
/// nothing, and it stays a pure function of its start, its random seed and its inputs, so that runs with liars replay.
/// A process that starts again is honest until it is told anew.
/// </summary>
public sealed class ByzantineNode : Node
{
    private readonly Node honest;
    private readonly LiarOptions options;
    private readonly LiarMemory memory = new();
    private readonly Interception interception = new();
    private readonly Misbehavior?[] lies = new Misbehavior?[Enum.GetValues<ByzantineBehavior>().Length];

    public ByzantineNode(Node honest, LiarOptions options)
    {
        this.honest = honest;
        this.options = options;
    }

    public override int Epoch => honest.Epoch;

    /// <summary>The honest node's alone: what a liar keeps for itself nobody can make grow without end.</summary>
    public override int TableEntries => honest.TableEntries;

    public override bool Knows(NodeAddress address) => honest.Knows(address);

    public override bool NeedsProofOf(Message message) => honest.NeedsProofOf(message);

    internal override void BringStateNear() => honest.BringStateNear();

    internal override void BringListsNear(Message? next, int standingPlace) =>
        honest.BringListsNear(next, standingPlace);

    public static NodeFactory Wrap(NodeFactory honest, LiarOptions options) =>
        start => new ByzantineNode(honest(start), options);

    /// <summary>The input that starts a behavior.</summary>
    /// <param name="victim">Whom the lies are about; none: the liar chooses.</param>
    public static ProtocolTimer Misbehave(ByzantineBehavior behavior, NodeAddress victim = default) =>
        new(TimerKind.Misbehave, victim, (long)behavior);

    public override void OnStart(in NodeContext context)
    {
        honest.OnStart(context.Through(interception));
        Release(context);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        memory.NoteReceived(envelope.From, envelope.Message);
        var isSwallowed = false;
        foreach (var lie in lies)
            if (lie is not null) isSwallowed |= lie.OnReceive(envelope, context);
        if (isSwallowed) return;
        honest.OnMessage(envelope, context.Through(interception));
        Release(context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (timer.Kind == TimerKind.Misbehave)
        {
            if (timer.Round >= 0) Begin((ByzantineBehavior)timer.Round, timer.About, context);
            else Tick(timer, context);
            return;
        }

        honest.OnTimer(timer, context.Through(interception));
        Release(context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        honest.OnLinkDown(neighbor, context.Through(interception));
        Release(context);
    }

    private void Begin(ByzantineBehavior behavior, NodeAddress victim, in NodeContext context)
    {
        if (lies[(int)behavior] is { } running)
        {
            running.Victim = victim;
            return;
        }

        var lie = MisbehaviorOf(behavior);
        lie.Victim = victim;
        lies[(int)behavior] = lie;
        if (lie.LiesByItself) Tick(new ProtocolTimer(TimerKind.Misbehave, Round: ~(long)behavior), context);
    }

    /// <summary>Negative rounds are a liar's own: the complement of the behavior whose turn it is.</summary>
    private void Tick(ProtocolTimer timer, in NodeContext context)
    {
        context.SetTimer(timer, options.Interval);
        lies[(int)~timer.Round]?.OnTick(context);
    }

    /// <summary>Lets go what the honest node sent, in its order, as the lies would have it.</summary>
    private void Release(in NodeContext context)
    {
        // A lie may send by itself while it looks at a message; that goes out at once and is not looked at again.
        foreach (var effect in interception.Effects)
        {
            if (effect.Message is null)
            {
                context.Close(effect.To);
                continue;
            }

            memory.NoteSent(effect.To, effect.Message);
            var message = effect.Message;
            foreach (var lie in lies)
                if (lie is not null && message is not null) message = lie.OnSend(effect.To, message, context);
            if (message is not null)
                context.Forward(new Envelope(context.Self, effect.To, effect.Hops - 1, message), effect.To);
        }

        interception.Effects.Clear();
    }

    private Misbehavior MisbehaviorOf(ByzantineBehavior behavior) => behavior switch
    {
        ByzantineBehavior.FalseDeadReport => new FalseDeadReport(memory, options),
        ByzantineBehavior.LyingWitness => new LyingWitness(memory, options),
        ByzantineBehavior.ForgeOrigin => new ForgeOrigin(memory, options),
        ByzantineBehavior.DropGossip => new DropGossip(memory, options),
        ByzantineBehavior.ReplayOldMessages => new ReplayOldMessages(memory, options),
        ByzantineBehavior.VoteAlwaysYes => new VoteAlwaysYes(memory, options),
        ByzantineBehavior.DoubleVote => new DoubleVote(memory, options),
        ByzantineBehavior.Equivocate => new Equivocate(memory, options),
        _ => throw new ArgumentOutOfRangeException(nameof(behavior)),
    };

    /// <summary>Collects what the honest node does to its links while it handles an input.</summary>
    private sealed class Interception : ITransport
    {
        /// <summary>Without a message: the link is closed.</summary>
        public readonly record struct Effect(NodeAddress To, Message? Message, int Hops);

        public List<Effect> Effects { get; } = [];

        public void Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
            Effects.Add(new Effect(to, message, hops));

        public void Close(NodeAddress from, NodeAddress to) => Effects.Add(new Effect(to, Message: null, Hops: 0));
    }
}
