global using TrustCenter.Rooms;
