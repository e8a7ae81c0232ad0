namespace TrustCenter.Store;

public abstract partial class GroupedStore
{
    // One of each tenant in turn, each tenant's in their order: a flood of one does not stand before another's single write (ABUSE T-076).
    private sealed class Turns
    {
        private readonly Dictionary<Guid, Queue<Waiting>> waiting = [];
        private readonly Queue<Guid> turn = [];

        public int Count { get; private set; }

        public void Add(Waiting one)
        {
            var tenant = one.Commit?.Tenant ?? Guid.Empty;
            if (!waiting.TryGetValue(tenant, out var queue))
            {
                waiting.Add(tenant, queue = []);
                turn.Enqueue(tenant);
            }
            queue.Enqueue(one);
            Count++;
        }

        public Waiting? Next()
        {
            if (!turn.TryDequeue(out var tenant)) return null;
            var one = waiting[tenant].Dequeue();
            Count--;
            if (waiting[tenant].Count > 0) turn.Enqueue(tenant);
            else waiting.Remove(tenant);
            return one;
        }
    }
}
