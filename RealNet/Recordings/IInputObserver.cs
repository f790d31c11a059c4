namespace GossipSim.RealNet;

/// <summary>Learns what one process hears, and what it does while it handles that.</summary>
public interface IInputObserver
{
    void Begin(in Input input);

    void Did(in Output output);
}
