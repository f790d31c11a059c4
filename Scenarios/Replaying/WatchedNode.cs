using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// A node whose inputs and outputs are seen by a watch. What the node does is held back until it is done, then told,
/// and then done in the same order: the simulator sees no difference, and needs to know nothing of watches.
/// </summary>
internal sealed class WatchedNode : Node, IInputObserver
{
    private readonly Node node;
    private readonly ISimulationWatch watch;
    private readonly OutputRecorder recorder;
    private List<Output> outputs = [];

    public WatchedNode(Node node, ISimulationWatch watch)
    {
        this.node = node;
        this.watch = watch;
        recorder = new OutputRecorder(this);
    }

    public override int Epoch => node.Epoch;

    public override int TableEntries => node.TableEntries;

    public override bool NeedsProofOf(Message message) => node.NeedsProofOf(message);

    public override void OnStart(in NodeContext context) => Handle(new Input(InputKind.Start, context.Now), context);

    public override void OnMessage(in Envelope envelope, in NodeContext context) => Handle(
        new Input(InputKind.Message, context.Now, envelope.From, envelope.Hops, envelope.Message), context);

    public override void OnTimer(ProtocolTimer timer, in NodeContext context) =>
        Handle(new Input(InputKind.Timer, context.Now, Timer: timer), context);

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
        Handle(new Input(InputKind.LinkDown, context.Now, neighbor), context);

    void IInputObserver.Begin(in Input input)
    {
    }

    void IInputObserver.Did(in Output output) => outputs.Add(output);

    private void Handle(in Input input, in NodeContext context)
    {
        outputs = [];
        input.Handle(node, new NodeContext(
            context.Self, context.Now, ref context.Random, recorder, recorder, recorder, recorder));
        watch.Handled(context.Self, input, outputs);
        foreach (var output in outputs) Perform(output, context);
    }

    private static void Perform(in Output output, in NodeContext context)
    {
        switch (output.Kind)
        {
            case OutputKind.Sent when output.Hops == 1:
                context.Send(output.About, output.Message!);
                break;
            case OutputKind.Sent:
                var received = new Envelope(NodeAddress.None, context.Self, output.Hops - 1, output.Message!);
                context.Forward(received, output.About);
                break;
            case OutputKind.Closed:
                context.Close(output.About);
                break;
            case OutputKind.TimerSet:
                context.SetTimer(output.Timer, output.After);
                break;
            case OutputKind.Persisted:
                context.Persist(output.Record!);
                break;
            case OutputKind.Reported:
                context.Report(output.Event);
                break;
            default:
                throw new InvalidOperationException($"no output {output.Kind}");
        }
    }
}
